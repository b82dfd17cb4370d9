import { DOCUMENT, inject, Injectable } from '@angular/core';

/** Takes the keyboard to the toasts, and back to where it was once they are gone. */
@Injectable({ providedIn: 'root' })
export class ToastFocus {
  readonly #document = inject(DOCUMENT);
  #cameFrom: HTMLElement | null = null;

  enter(): void {
    const { activeElement } = this.#document;
    if (activeElement?.closest('app-toast') === null) this.#cameFrom = activeElement as HTMLElement;
    this.#first(null)?.focus();
  }

  /** A toast that holds the focus is about to go: the next one takes it, else what had it before. */
  leave(toast: HTMLElement): void {
    // Whoever points and clicks has no focus to lose, and a toast that had it would not close by itself.
    if (toast.querySelector(':focus-visible') === null) return;
    (this.#first(toast) ?? this.#cameFrom ?? this.#document.querySelector<HTMLElement>('main'))?.focus();
  }

  #first(except: HTMLElement | null): HTMLElement | null {
    const toasts = [...this.#document.querySelectorAll<HTMLElement>('app-toast')];
    return toasts.find((toast) => toast !== except)?.querySelector('button') ?? null;
  }
}
