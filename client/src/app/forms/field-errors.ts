import type { AbstractControl } from '@angular/forms';
import type { FieldError } from '../../../../protocol/http';

/** Puts the server's reason at each field; it goes when the field is changed. @returns reasons that have no field here */
export function showFieldErrors(controls: Record<string, AbstractControl>, errors: readonly FieldError[]): string[] {
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
