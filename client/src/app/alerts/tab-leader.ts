import { browserName } from '#app/platform/browser-name';
import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { type Observable, Subject } from 'rxjs';

/** Name of the lock and the channel, shared by all tabs. */
const NAME = browserName('tab-leader');
/** Time for the last leader's messages to arrive, so that nothing is announced twice. */
const SETTLE_MS = 250;

/** Messages between tabs. `hidden`: the leader tab is hidden. */
type Message = { kind: 'announced'; ids: readonly string[] } | { kind: 'hidden' };

/**
 * Elects one of several tabs as leader: the one viewed last of those with a connection. The leader holds a lock (Web
 * Locks) as long as it is connected; the others wait for it, and a tab that comes into view takes it. Every tab
 * leads where tabs can't coordinate: without Web Locks, which browsers restrict to secure origins, without
 * BroadcastChannel, and where the browser refuses the lock, as Chrome does while it blocks site data.
 */
@Injectable({ providedIn: 'root' })
export class TabLeader {
  readonly #channel = openChannel();
  readonly #locks: LockManager | undefined = this.#channel === undefined ? undefined : navigator.locks;
  readonly #isLeader = signal(this.#locks === undefined);
  readonly #announced = new Subject<readonly string[]>();
  /** Aborts the current request for the lock; each request replaces it. */
  #abort = new AbortController();
  #isConnected = false;
  #isHolding = false;

  /** Whether this tab is the one that announces arrivals. */
  readonly isLeader = this.#isLeader.asReadonly();
  /** Ids of notifications that another tab has announced. */
  readonly announced: Observable<readonly string[]> = this.#announced;

  constructor() {
    if (this.#locks === undefined) return;
    const { signal } = this.#untilDestroyed();
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => this.#receive(data), { signal });
    document.addEventListener('visibilitychange', () => this.#onVisibility(), { signal });
  }

  /** A tab without a connection has nothing to announce, so it leaves the lock to the others. */
  setConnected(isConnected: boolean): void {
    if (isConnected === this.#isConnected || this.#locks === undefined) return;
    this.#isConnected = isConnected;
    if (isConnected) void this.#request(isVisible() ? 'take' : 'wait');
    else this.#release();
  }

  /** Tells the other tabs that this tab has announced these notifications. */
  tell(ids: readonly string[]): void {
    this.#post({ kind: 'announced', ids });
  }

  async #request(how: 'take' | 'wait'): Promise<void> {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    const options = how === 'take' ? { steal: true } : { signal };
    try {
      await this.#locks?.request(NAME, options, () => this.#hold(signal));
    } catch {
      if (signal.aborted) return;
      if (this.#isHolding) this.#waitAgain();
      // No retry: the browser would refuse the same request again, at once and forever.
      else this.#isLeader.set(true);
    }
  }

  /** A tab that came into view has taken the lock. Waits instead of taking it back, or two tabs would do so forever. */
  #waitAgain(): void {
    this.#isHolding = false;
    this.#isLeader.set(false);
    void this.#request('wait');
  }

  /** Resolves when the tab no longer needs the lock; otherwise, closing the tab releases it. */
  #hold(signal: AbortSignal): Promise<void> {
    this.#isHolding = true;
    if (!isVisible()) this.#post({ kind: 'hidden' });
    setTimeout(() => this.#isLeader.set(this.#isHolding), SETTLE_MS);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  }

  #release(): void {
    this.#abort.abort();
    this.#isHolding = false;
    this.#isLeader.set(false);
  }

  #onVisibility(): void {
    if (isVisible()) this.#takeOver();
    else if (this.#isHolding) this.#post({ kind: 'hidden' });
  }

  #receive(message: Message): void {
    if (message.kind === 'announced') this.#announced.next(message.ids);
    else if (isVisible()) this.#takeOver();
  }

  #takeOver(): void {
    if (this.#isConnected && !this.#isHolding) void this.#request('take');
  }

  #post(message: Message): void {
    this.#channel?.postMessage(message);
  }

  #untilDestroyed(): AbortController {
    const destroyed = new AbortController();
    inject(DestroyRef).onDestroy(() => {
      destroyed.abort();
      this.#abort.abort();
      this.#channel?.close();
    });
    return destroyed;
  }
}

/** Undefined when the browser has no BroadcastChannel or denies it to this page. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(NAME);
  } catch {
    return undefined;
  }
}

function isVisible(): boolean {
  return document.visibilityState === 'visible';
}
