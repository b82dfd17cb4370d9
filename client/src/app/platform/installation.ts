import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { fromEvent } from 'rxjs';

/** Chromium's `beforeinstallprompt` event, which is neither a standard nor in TypeScript's library. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

/** Installs Herald as an app at the person's request, where the browser supports it. */
@Injectable({ providedIn: 'root' })
export class Installation {
  readonly #offer = signal<InstallOffer | null>(null);

  readonly isOffered = computed(() => this.#offer() !== null);

  constructor() {
    const destroyRef = inject(DestroyRef);
    fromEvent<InstallOffer>(window, 'beforeinstallprompt')
      .pipe(takeUntilDestroyed(destroyRef))
      .subscribe((offer) => {
        // No prompt appears unasked: the offer waits in the settings.
        offer.preventDefault();
        this.#offer.set(offer);
      });
    fromEvent(window, 'appinstalled')
      .pipe(takeUntilDestroyed(destroyRef))
      .subscribe(() => this.#offer.set(null));
  }

  /** Shows the browser's prompt. An offer can be used once; the browser may then fire a new one. */
  async install(): Promise<void> {
    const offer = this.#offer();
    this.#offer.set(null);
    await offer?.prompt();
  }
}
