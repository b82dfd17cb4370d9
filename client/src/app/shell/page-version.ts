import { browserName } from '#app/platform/browser-name';
import { readStored, store } from '#app/platform/browser-storage';
import { configUrl } from '#app/platform/server-address';
import { DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SwUpdate } from '@angular/service-worker';
import { filter, interval, merge, skip, Subject } from 'rxjs';

/**
 * `newer`: a new version is available. `unreachable`: a chunk could not be loaded. `reloaded`: the page was broken and
 * has reloaded.
 */
export type PageState = 'newer' | 'unreachable' | 'reloaded';

const CHECK_EVERY_MS = 6 * 60 * 60 * 1000;
const RELOADED_KEY = browserName('reloaded-at');
/** A page that breaks again within this time does not reload automatically. */
const RELOADED_LATELY_MS = 60_000;

/** Whether the page is the newest version and complete. It reloads unasked only when broken. */
@Injectable({ providedIn: 'root' })
export class PageVersion {
  readonly #updates = inject(SwUpdate);
  readonly #document = inject(DOCUMENT);
  readonly #connections = new Subject<void>();
  readonly #state = signal<PageState | null>(hasReloadedLately() ? 'reloaded' : null);

  /** Null when there is nothing to report. */
  readonly state = this.#state.asReadonly();

  constructor() {
    // The service worker checks on its own at the first connection. A later connection may be to a server with a new
    // version.
    const returns = this.#connections.pipe(skip(1));
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

  /** The page is connected, for the first time or again. */
  noteConnected(): void {
    this.#connections.next();
  }

  reload(): void {
    this.#document.location.reload();
  }

  dismiss(): void {
    this.#state.set(null);
  }

  /** A chunk failed to load. If the server answers, the chunk is gone, so there is a new version. */
  async explainMissingPart(): Promise<void> {
    const isThere = await fetch(configUrl(), { cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    );
    this.#state.set(isThere ? 'newer' : 'unreachable');
  }

  async #check(): Promise<void> {
    if (!this.#updates.isEnabled) return;
    // `versionUpdates` reports the result; the next check follows a failure.
    await this.#updates.checkForUpdate().catch(() => false);
  }

  /** The service worker can't restore this version. */
  #recover(): void {
    // Without a stored time, the page would reload forever.
    const mayReload = !hasReloadedLately() && store(RELOADED_KEY, String(Date.now()), 'sessionStorage');
    if (mayReload) this.reload();
    else this.#state.set('newer');
  }
}

function hasReloadedLately(): boolean {
  return Date.now() - Number(readStored(RELOADED_KEY, 'sessionStorage') ?? 0) < RELOADED_LATELY_MS;
}
