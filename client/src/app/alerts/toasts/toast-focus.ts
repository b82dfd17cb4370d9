import { DOCUMENT, inject, Injectable } from '@angular/core';

/** Moves the focus to the toasts, and back once they are gone. */
@Injectable({ providedIn: 'root' })
export class ToastFocus {
  readonly #document = inject(DOCUMENT);
  #cameFrom: HTMLElement | null = null;

  enter(): void {
    const { activeElement } = this.#document;
    if (activeElement?.closest('app-toast') === null) this.#cameFrom = activeElement as HTMLElement;
    this.#first(null)?.focus();
  }

  /**
   * Moves the focus out of a toast that is about to close: to the next toast, else to the previously focused element.
   */
  leave(toast: HTMLElement): void {
    // A mouse user has no visible focus to lose, and a focused toast would not close on its own.
    if (toast.querySelector(':focus-visible') === null) return;
    (this.#first(toast) ?? this.#cameFrom ?? this.#document.querySelector<HTMLElement>('main'))?.focus();
  }

  #first(except: HTMLElement | null): HTMLElement | null {
    const toasts = [...this.#document.querySelectorAll<HTMLElement>('app-toast')];
    return toasts.find((toast) => toast !== except)?.querySelector('button') ?? null;
  }
}
