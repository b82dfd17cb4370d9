import { afterNextRender, type Injector } from '@angular/core';

/** Focuses the first invalid field once the errors are rendered; it may be far from the button pressed. */
export function focusFirstFault(form: HTMLElement, injector: Injector): void {
  afterNextRender(
    () => form.querySelector<HTMLElement>(':is(input, textarea, [role=combobox])[aria-invalid=true]')?.focus(),
    { injector },
  );
}
