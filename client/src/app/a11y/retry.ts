import { DestroyRef, Directive, DOCUMENT, inject, input } from '@angular/core';

/**
 * Button that repeats what failed. It keeps the focus while the attempt is under way. When the button is removed, the
 * focus goes to the page's content.
 */
@Directive({
  selector: 'button[appRetry]',
  host: { '[attr.aria-disabled]': 'isBusy() || null', '(click)': 'press()' },
})
export class Retry {
  readonly isBusy = input.required<boolean>({ alias: 'appRetry' });
  #isPressed = false;

  constructor() {
    const document = inject(DOCUMENT);
    inject(DestroyRef).onDestroy(() => {
      // The element is removed within this turn.
      queueMicrotask(() => {
        if (this.#isPressed && document.activeElement === document.body) document.getElementById('main')?.focus();
      });
    });
  }

  protected press(): void {
    this.#isPressed = true;
  }
}
