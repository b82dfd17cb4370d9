import { inject, Injectable, Injector } from '@angular/core';
import type { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';

/** Opens the dialogs of the inbox. Their code is loaded when one is first opened. */
@Injectable()
export class InboxDialogs {
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);

  /** Shows the saved filters, and then the one that the person chooses. */
  async showSaved(): Promise<void> {
    const [dialog, { SavedFiltersDialog }] = await Promise.all([this.#dialog(), import('./find/saved-filters-dialog')]);
    const tree = this.#router.parseUrl(this.#router.url);
    delete tree.queryParams['open'];
    const options = { data: { url: tree.toString() }, width: '26rem', injector: this.#injector };
    const shown = dialog.open<unknown, unknown, string>(SavedFiltersDialog, options);
    shown.afterClosed().subscribe((url) => {
      if (url) void this.#router.navigateByUrl(url);
    });
  }

  /** Shows the keyboard shortcuts. */
  async showKeys(): Promise<void> {
    const [dialog, { KeysDialog }] = await Promise.all([this.#dialog(), import('./keys-dialog')]);
    dialog.open(KeysDialog, { width: '24rem' });
  }

  async #dialog(): Promise<MatDialog> {
    const { MatDialog } = await import('@angular/material/dialog');
    return this.#injector.get(MatDialog);
  }
}
