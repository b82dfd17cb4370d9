import { Dialogs } from '#app/dialog/dialogs';
import { inject, Injectable, Injector } from '@angular/core';
import { Router } from '@angular/router';

/** Opens the dialogs of the inbox. Their code is loaded when one is first opened. */
@Injectable()
export class InboxDialogs {
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);
  readonly #dialogs = inject(Dialogs);

  /** Shows the saved filters, and then the one that the person chooses. */
  async showSaved(): Promise<void> {
    const tree = this.#router.parseUrl(this.#router.url);
    delete tree.queryParams['open'];
    const options = { data: { url: tree.toString() }, width: '26rem', injector: this.#injector };
    const url = await this.#dialogs.open<string>(
      () => import('./find/saved-filters-dialog').then((file) => file.SavedFiltersDialog),
      options,
    );
    if (url) void this.#router.navigateByUrl(url);
  }

  /** Shows the keyboard shortcuts. */
  async showKeys(): Promise<void> {
    await this.#dialogs.open(() => import('./keys-dialog').then((file) => file.KeysDialog), { width: '24rem' });
  }
}
