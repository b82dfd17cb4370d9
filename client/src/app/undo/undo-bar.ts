import { LiveRegion } from '#app/a11y/live-region';
import { DestroyRef, inject, Injectable, Injector } from '@angular/core';

/** Time for which the way back is offered. */
export const UNDO_MS = 8000;

/** A bar that says what was done, and for a while offers the way back. */
@Injectable()
export class UndoBar {
  readonly #injector = inject(Injector);
  readonly #liveRegion = inject(LiveRegion);
  readonly #destroyed = inject(DestroyRef);

  #shown: { dismiss(): void; dismissWithAction(): void } | null = null;

  constructor() {
    this.#destroyed.onDestroy(() => this.#shown?.dismiss());
  }

  /** @returns the bar, which can be dismissed before its time is over */
  async offer(text: string, undo: () => void): Promise<{ dismiss(): void }> {
    const bar = await this.#open(text, $localize`:@@done.undo:Undo`);
    if (bar === null) return { dismiss: () => undefined };
    const before = document.activeElement;
    this.#shown = bar;
    this.#liveRegion.announce($localize`:@@done.spoken:${text}:what:. It can be undone`);
    // Undoes the change that this bar names, even if others followed.
    bar.onAction().subscribe(undo);
    bar.afterDismissed().subscribe(() => {
      if (this.#shown === bar) this.#shown = null;
      // Its button had the focus.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    });
    return bar;
  }

  /** Takes the way back, while it is offered. */
  undo(): void {
    this.#shown?.dismissWithAction();
  }

  /** Says why something was not done. */
  async refuse(reason: string): Promise<void> {
    if ((await this.#open(reason)) !== null) this.#liveRegion.announce(reason, 'assertive');
  }

  async #open(text: string, action?: string) {
    const { MatSnackBar } = await import('@angular/material/snack-bar');
    // The next person must not see it.
    if (this.#destroyed.destroyed) return null;
    return this.#injector
      .get(MatSnackBar)
      .open(text, action, { duration: UNDO_MS, horizontalPosition: 'start', politeness: 'off' });
  }
}
