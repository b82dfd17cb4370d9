import type { AbstractControl } from '@angular/forms';
import type { FieldError } from '../../../../protocol/http';
import { serverWords } from '../language/server-words';

/** Shows each of the server's reasons at its field until the field changes. @returns reasons that have no field here */
export function showFieldErrors(controls: Record<string, AbstractControl>, errors: readonly FieldError[]): string[] {
  const unplaced: string[] = [];
  for (const { field, reason } of errors) {
    const control = controls[field];
    const words = serverWords(reason);
    if (control === undefined) {
      unplaced.push(words);
      continue;
    }
    control.setErrors({ server: words });
    control.markAsTouched();
  }
  return unplaced;
}
