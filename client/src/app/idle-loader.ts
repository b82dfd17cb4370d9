import { ApplicationRef, inject, Injectable } from '@angular/core';

/** Fetches chunks that the first view does not need, once that view is rendered. */
@Injectable({ providedIn: 'root' })
export class IdleLoader {
  readonly #app = inject(ApplicationRef);

  /** Saves the wait, and an error without the server, on the first click. If it fails, the click fetches again. */
  async fetch(part: () => Promise<unknown>): Promise<void> {
    await this.#app.whenStable();
    await part().catch(() => undefined);
  }
}
