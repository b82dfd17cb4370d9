import { focusAfterRemoval } from '#app/a11y/focus-after-removal';
import { LiveRegion } from '#app/a11y/live-region';
import { Retry } from '#app/a11y/retry';
import { Spoken } from '#app/a11y/spoken';
import { Dialogs } from '#app/dialog/dialogs';
import { Icon } from '#app/icon/icon';
import { refusalOf } from '#app/refusal/refusal';
import { Person } from '#app/session/person';
import { Component, DestroyRef, inject, Injector, LOCALE_ID, signal, type Type } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { HeraldApi } from '@herald/client/api';
import type { App, AppWithKey } from '@herald/protocol';
import type { AppDialogData } from './app-dialog';
import { expiryOf, isExpired, lastUseOf, oldKeyEndOf, purposeOf } from './app-facts';
import type { Confirmation } from './confirm-dialog';
import type { KeyDialogData } from './key-dialog';
import { PendingResult } from './pending-result';
import { rotationOf } from './rotation';

const DIALOG = { width: '28rem', maxWidth: 'calc(100vw - 2rem)' };
const WIDE_DIALOG = { ...DIALOG, width: '38rem' };

/** Fetched before there is a key, which would be lost if it could not be shown. */
const keyDialog = () => import('./key-dialog').then((file) => file.KeyDialog);

/** List of the person's apps, and of everybody's for administrators. */
@Component({
  selector: 'app-apps-page',
  imports: [Icon, MatButton, MatIconButton, MatMenuModule, Retry, RouterLink, Spoken],
  templateUrl: './apps-page.html',
  styleUrl: './apps-page.scss',
})
export class AppsPage {
  readonly #api = inject(HeraldApi);
  readonly #dialogs = inject(Dialogs);
  readonly #liveRegion = inject(LiveRegion);
  readonly #injector = inject(Injector);
  readonly #destroyRef = inject(DestroyRef);
  readonly #locale = inject(LOCALE_ID);
  protected readonly me = inject(Person).username;
  /** By id, as far as they are loaded; null before the first page. */
  protected readonly apps = signal<readonly App[] | null>(null);
  /** Cursor of the next page; null before the first page, and after the last. */
  readonly #cursor = signal<string | null>(null);
  protected readonly hasMore = this.#cursor.asReadonly();
  protected readonly problem = signal('');
  protected readonly isLoading = signal(false);
  /** Loading was tried, and has not succeeded since. */
  protected readonly hasFailed = signal(false);

  constructor() {
    void this.load();
  }

  protected purpose(app: App): string {
    return purposeOf(app, this.me);
  }

  protected lastUse(app: App): string {
    return lastUseOf(app, Date.now(), this.#locale);
  }

  protected expiry(app: App): { words: string; isOver: boolean } | null {
    const words = expiryOf(app, Date.now(), this.#locale);
    return words === null ? null : { words, isOver: isExpired(app, Date.now()) };
  }

  protected oldKeyEnd(app: App): string | null {
    return oldKeyEndOf(app, Date.now(), this.#locale);
  }

  /** Loads the first page, or the next one. */
  protected async load(): Promise<void> {
    if (this.isLoading()) return;
    this.isLoading.set(true);
    this.problem.set('');
    try {
      const { items, nextCursor } = await this.#api.apps(this.#cursor());
      this.#keep(items);
      this.#cursor.set(nextCursor);
      this.hasFailed.set(false);
    } catch (error) {
      this.hasFailed.set(true);
      const unreachable = $localize`:@@apps.unreachable:The server can’t be reached. Try again in a moment.`;
      this.problem.set((await refusalOf(error, unreachable)).message);
    } finally {
      this.isLoading.set(false);
    }
  }

  /** @param app null to add one */
  protected async edit(app: App | null): Promise<void> {
    if (app === null) await keyDialog();
    const load = () => import('./app-dialog').then((file) => file.AppDialog);
    const unanswered = $localize`:@@apps.notSaved:The server did not answer, so this may not have been saved. Try again in a moment.`;
    const data: AppDialogData = { app, unanswered, pending: new PendingResult() };
    const saved = await this.#ask(load, data);
    if (saved === undefined) return;
    this.#liveRegion.announce($localize`:@@apps.saved:Saved: ${saved.name}:name:`);
    if ('key' in saved) await this.#showKey(saved, true);
    else this.#keep([saved]);
  }

  /** The key of an app that reads shows the notifications of its owner, so nobody else gets one. */
  protected mayRotate({ scope, owner }: App): boolean {
    return scope === 'send' || owner === this.me;
  }

  protected async rotate(listed: App): Promise<void> {
    await keyDialog();
    const app = await this.#latest(listed);
    const rotated = await this.#confirm(rotationOf(app, this.oldKeyEnd(app), this.#api));
    if (rotated !== undefined) await this.#showKey(rotated, false);
  }

  protected async endOldKey(app: App): Promise<void> {
    const { id, name } = app;
    const isEnded = await this.#confirm<boolean>({
      title: $localize`:@@apps.endOldTitle:End the old key of ${name}:name:?`,
      text: $localize`:@@apps.endOldText:Programs that still use it stop working at once. The current key stays valid.`,
      action: $localize`:@@apps.endOld:End old key`,
      isFinal: true,
      unanswered: $localize`:@@apps.notEnded:The server did not answer, so the old key may still be valid. Try again in a moment.`,
      work: () => this.#api.removePreviousKey(id).then(() => true),
    });
    if (isEnded !== true) return;
    this.#liveRegion.announce($localize`:@@apps.ended:Ended the old key of ${name}:name:`);
    await this.#latest(app);
  }

  protected async remove({ id, name }: App, index: number, list: HTMLElement, heading: HTMLElement): Promise<void> {
    const isRemoved = await this.#confirm<boolean>({
      title: $localize`:@@apps.removeTitle:Remove ${name}:name:?`,
      text: $localize`:@@apps.removeText:Its keys stop working at once, and its scheduled notifications are cancelled; sent ones stay. Names are never reused, and this can’t be undone.`,
      action: $localize`:@@apps.remove:Remove`,
      isFinal: true,
      unanswered: $localize`:@@apps.notRemoved:The server did not answer, so the app may still exist. Try again in a moment.`,
      work: () => this.#api.removeApp(id).then(() => true),
    });
    if (isRemoved !== true) return;
    this.apps.update((apps) => apps?.filter((app) => app.id !== id) ?? null);
    focusAfterRemoval(list, index, heading, this.#injector);
    this.#liveRegion.announce($localize`:@@apps.removed:Removed: ${name}:name:`);
  }

  async #showKey(made: AppWithKey, isNew: boolean): Promise<void> {
    // No later view has the key.
    const app: App & Partial<AppWithKey> = { ...made };
    delete app.key;
    this.#keep([app]);
    const data: KeyDialogData = { app: made, isNew };
    await this.#dialogs.open(keyDialog, { ...WIDE_DIALOG, injector: this.#injector, data });
    // It may have been used meanwhile.
    await this.#latest(app);
  }

  /** The app as it is now, which the list shows from then on; as given, if the server can't tell. */
  async #latest(app: App): Promise<App> {
    try {
      const latest = await this.#api.app(app.id);
      this.#keep([latest]);
      return latest;
    } catch {
      return app;
    }
  }

  #confirm<Result>(asked: Omit<Confirmation<Result>, 'pending'>): Promise<Result | undefined> {
    const load = () => import('./confirm-dialog').then((file) => file.ConfirmDialog);
    const data: Confirmation<Result> = { ...asked, pending: new PendingResult() };
    return this.#ask(load, data);
  }

  /** Opens a dialog, and waits for the result of its request even if Back has closed it before. */
  async #ask<Result>(
    load: () => Promise<Type<unknown>>,
    data: { pending: PendingResult<Result>; unanswered: string },
  ): Promise<Result | undefined> {
    this.problem.set('');
    const result = await this.#dialogs.open<Result>(load, { ...DIALOG, injector: this.#injector, data });
    try {
      const late = result ?? (await data.pending.settle());
      return this.#destroyRef.destroyed ? undefined : late;
    } catch (error) {
      this.problem.set((await refusalOf(error, data.unanswered)).message);
      return undefined;
    }
  }

  /** Adds apps to the list, or puts them in the place of what it knows of them. */
  #keep(apps: readonly App[]): void {
    const byId = new Map([...(this.apps() ?? []), ...apps].map((app) => [app.id, app]));
    this.apps.set([...byId.values()].sort((a, b) => a.id - b.id));
  }
}
