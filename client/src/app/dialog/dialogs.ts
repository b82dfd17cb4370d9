import { inject, Injectable, Injector, type Type } from '@angular/core';
import type { MatDialogConfig, MatDialogRef } from '@angular/material/dialog';
import { firstValueFrom, fromEvent, take } from 'rxjs';

type DialogConfig = Pick<MatDialogConfig, 'data' | 'injector' | 'maxWidth' | 'width'>;

/**
 * Opens dialogs, one at a time, and closes them by the browser's Back button first. While one is open, the history has
 * an entry more, of the same address; it is gone when `open` resolves.
 */
@Injectable({ providedIn: 'root' })
export class Dialogs {
  readonly #injector = inject(Injector);
  /** Dialogs that are open or about to, each until its entry of the history is gone. */
  readonly #open = new Set<Promise<unknown>>();
  #shown: MatDialogRef<unknown> | null = null;
  /** Number of calls of `closeAll`: a dialog that was still loading then must not open. */
  #closings = 0;

  /**
   * @param load fetches the component, with the library, when it is first needed
   * @returns the result of the dialog; undefined if it was left without one
   */
  async open<Result>(load: () => Promise<Type<unknown>>, config: DialogConfig): Promise<Result | undefined> {
    const opened = this.#run<Result>(load, config, this.#closings);
    this.#open.add(opened);
    try {
      return await opened;
    } finally {
      this.#open.delete(opened);
    }
  }

  /** Resolves once no dialog is open, and the history is as before. */
  async closeAll(): Promise<void> {
    this.#closings += 1;
    this.#shown?.close();
    await Promise.allSettled(this.#open);
  }

  async #run<Result>(
    load: () => Promise<Type<unknown>>,
    config: DialogConfig,
    closings: number,
  ): Promise<Result | undefined> {
    const [component, { MatDialog }] = await Promise.all([load(), import('@angular/material/dialog')]);
    if (closings !== this.#closings) return undefined;
    const dialog = this.#injector
      .get(MatDialog)
      .open<unknown, unknown, Result>(component, { ...config, closeOnNavigation: false });
    this.#shown = dialog;
    history.pushState(history.state, '');
    const back = fromEvent(window, 'popstate').pipe(take(1));
    const waiting = back.subscribe(() => dialog.close());
    const result = await firstValueFrom(dialog.afterClosed());
    this.#shown = null;
    // Closed by Back, whose entry is gone.
    if (waiting.closed) return result;
    waiting.unsubscribe();
    const left = firstValueFrom(back);
    history.back();
    await left;
    // The router looks at the address in a task of its own, which would end a navigation that has begun before.
    await new Promise((resolve) => setTimeout(resolve));
    return result;
  }
}
