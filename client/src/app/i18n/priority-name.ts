import { Pipe, type PipeTransform } from '@angular/core';
import type { Priority } from '@herald/protocol';

/** Display name of a priority. */
export function priorityName(priority: Priority): string {
  switch (priority) {
    case 'high':
      return $localize`:@@priority.high:high`;
    case 'medium':
      return $localize`:@@priority.medium:medium`;
    case 'low':
      return $localize`:@@priority.low:low`;
  }
}

@Pipe({ name: 'priorityName' })
export class PriorityName implements PipeTransform {
  transform(priority: Priority): string {
    return priorityName(priority);
  }
}
