import type { FieldFault } from '#app/refusal/refusal';
import type { AbstractControl } from '@angular/forms';

/** Shows each of the server's reasons at its field until the field changes. @returns reasons that have no field here */
export function showFieldErrors(controls: Record<string, AbstractControl>, errors: readonly FieldFault[]): string[] {
  const unplaced: string[] = [];
  for (const { field, reason } of errors) {
    const control = controls[field];
    if (control === undefined) {
      unplaced.push(reason);
      continue;
    }
    control.setErrors({ server: reason });
    control.markAsTouched();
  }
  return unplaced;
}
