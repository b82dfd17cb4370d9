import { afterNextRender, type Injector } from '@angular/core';

/** Once the refusals are shown: leads to the first field that is marked, which may be far from the button that was pressed. */
export function focusFirstFault(form: HTMLElement, injector: Injector): void {
  afterNextRender(
    () => form.querySelector<HTMLElement>(':is(input, textarea, [role=combobox])[aria-invalid=true]')?.focus(),
    { injector },
  );
}
