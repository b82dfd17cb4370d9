import { afterNextRender, DestroyRef, type Injector } from '@angular/core';

/** Focuses the first invalid field once the errors are rendered; it may be far from the button pressed. */
export function focusFirstFault(form: HTMLElement, injector: Injector): void {
  if (injector.get(DestroyRef).destroyed) return;
  afterNextRender(
    () => form.querySelector<HTMLElement>(':is(input, textarea, [role=combobox])[aria-invalid=true]')?.focus(),
    { injector },
  );
}
