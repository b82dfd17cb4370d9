import { computed, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { SwUpdate } from '@angular/service-worker';
import { filter, interval, merge, skip } from 'rxjs';
import { InboxStore } from '../inbox/store/inbox-store';
import { readStored, store } from '../storage/browser-storage';

/** `newer`: there is a new version to load. `unreachable`: a part could not be loaded. `reloaded`: the page had to be. */
export type PageState = 'newer' | 'unreachable' | 'reloaded';

const CHECK_EVERY_MS = 6 * 60 * 60 * 1000;
const RELOADED_KEY = 'herald.reloaded-at';
/** A page that breaks again so soon is not reloaded again by itself. */
const RELOADED_LATELY_MS = 60_000;

/** Whether this is the newest version of the page, and all of it is there. It reloads without being asked only when it is broken. */
@Injectable({ providedIn: 'root' })
export class PageVersion {
  readonly #updates = inject(SwUpdate);
  readonly #store = inject(InboxStore);
  readonly #document = inject(DOCUMENT);
  readonly #state = signal<PageState | null>(hasReloadedLately() ? 'reloaded' : null);

  /** What there is to say; null for nothing. */
  readonly state = this.#state.asReadonly();

  constructor() {
    const isLive = computed(() => this.#store.connection().state === 'live');
    // The first time, the service worker looks by itself. Who comes back later may come from a new version.
    const returns = toObservable(isLive).pipe(filter(Boolean), skip(1));
    merge(returns, interval(CHECK_EVERY_MS))
      .pipe(takeUntilDestroyed())
      .subscribe(() => void this.#check());
    returns
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.#state.update((state) => (state === 'unreachable' ? null : state)));
    this.#updates.versionUpdates
      .pipe(
        filter(({ type }) => type === 'VERSION_READY'),
        takeUntilDestroyed(),
      )
      .subscribe(() => this.#state.set('newer'));
    this.#updates.unrecoverable.pipe(takeUntilDestroyed()).subscribe(() => this.#recover());
  }

  reload(): void {
    this.#document.location.reload();
  }

  dismiss(): void {
    this.#state.set(null);
  }

  /** A part of the page was not to be had. Where its server answers, it is gone: that has a new version. */
  async explainMissingPart(): Promise<void> {
    const isThere = await fetch('/config.json', { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    this.#state.set(isThere ? 'newer' : 'unreachable');
  }

  async #check(): Promise<void> {
    if (!this.#updates.isEnabled) return;
    // What came of it is told by `versionUpdates`; a failure, by the next check.
    await this.#updates.checkForUpdate().catch(() => false);
  }

  /** The service worker can't make this version whole any more. */
  #recover(): void {
    // Where it can't be remembered, it would be reloaded over and over.
    const mayReload = !hasReloadedLately() && store(RELOADED_KEY, String(Date.now()), 'sessionStorage');
    if (mayReload) this.reload();
    else this.#state.set('newer');
  }
}

function hasReloadedLately(): boolean {
  return Date.now() - Number(readStored(RELOADED_KEY, 'sessionStorage') ?? 0) < RELOADED_LATELY_MS;
}
