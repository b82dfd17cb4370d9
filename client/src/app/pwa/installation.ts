import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { fromEvent } from 'rxjs';

/** Not of a standard yet, and so not of TypeScript's library: Chromium offers to install. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** Installing Herald as an app, where the browser can, and when the person asks for it. */
@Injectable({ providedIn: 'root' })
export class Installation {
  readonly #offer = signal<InstallOffer | null>(null);

  readonly isOffered = computed(() => this.#offer() !== null);

  constructor() {
    const destroyRef = inject(DestroyRef);
    fromEvent<InstallOffer>(window, 'beforeinstallprompt')
      .pipe(takeUntilDestroyed(destroyRef))
      .subscribe((offer) => {
        // Nothing pops up by itself: the offer waits in the settings.
        offer.preventDefault();
        this.#offer.set(offer);
      });
    fromEvent(window, 'appinstalled')
      .pipe(takeUntilDestroyed(destroyRef))
      .subscribe(() => this.#offer.set(null));
  }

  /** The browser asks the person. An offer can be taken once; a browser that goes on offering makes another. */
  async install(): Promise<void> {
    const offer = this.#offer();
    this.#offer.set(null);
    await offer?.prompt();
  }
}
