import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { type Observable, Subject } from 'rxjs';

/** Name of the lock and the channel, shared by all tabs. */
const NAME = 'herald.voice';
/** Time for the last leader's messages to arrive, so that nothing is announced twice. */
const SETTLE_MS = 250;

/** Messages between tabs. `unseen`: the leader tab is hidden. */
type Message = { kind: 'said'; ids: readonly string[] } | { kind: 'unseen' };

/**
 * Elects one of several tabs as leader: the one viewed last. The leader holds a lock (Web Locks) as long as it is open;
 * the others wait for it, and a tab that comes into view takes it. Every tab leads where tabs can't coordinate: without
 * Web Locks, which browsers restrict to secure origins, without BroadcastChannel, and where the browser refuses the
 * lock, as Chrome does while it blocks site data.
 */
@Injectable({ providedIn: 'root' })
export class Voice {
  readonly #channel = openChannel();
  readonly #locks: LockManager | undefined = this.#channel === undefined ? undefined : navigator.locks;
  readonly #speaks = signal(this.#locks === undefined);
  readonly #heard = new Subject<readonly string[]>();
  /** Aborts the current request for the lock; each request replaces it. */
  #request = new AbortController();
  #isHolding = false;

  readonly speaks = this.#speaks.asReadonly();
  /** Ids that another tab has announced. */
  readonly heard: Observable<readonly string[]> = this.#heard;

  constructor() {
    if (this.#locks === undefined) return;
    const { signal } = this.#untilDestroyed();
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Message>) => this.#hear(data), { signal });
    document.addEventListener('visibilitychange', () => this.#look(), { signal });
    void this.#ask(isVisible() ? 'take' : 'wait');
  }

  /** Tells the other tabs that these ids have been announced. */
  say(ids: readonly string[]): void {
    this.#post({ kind: 'said', ids });
  }

  async #ask(how: 'take' | 'wait'): Promise<void> {
    this.#request.abort();
    const { signal } = (this.#request = new AbortController());
    const options = how === 'take' ? { steal: true } : { signal };
    try {
      await this.#locks?.request(NAME, options, () => this.#hold(signal));
    } catch {
      if (signal.aborted) return;
      if (this.#isHolding) this.#waitAgain();
      // No retry: the browser would refuse the same request again, at once and forever.
      else this.#speaks.set(true);
    }
  }

  /** A tab that came into view has taken the lock. Waits instead of taking it back, or two tabs would do so forever. */
  #waitAgain(): void {
    this.#isHolding = false;
    this.#speaks.set(false);
    void this.#ask('wait');
  }

  /** Resolves when the tab no longer needs the lock; otherwise, closing the tab releases it. */
  #hold(signal: AbortSignal): Promise<void> {
    this.#isHolding = true;
    if (!isVisible()) this.#post({ kind: 'unseen' });
    setTimeout(() => this.#speaks.set(this.#isHolding), SETTLE_MS);
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  }

  #look(): void {
    if (isVisible()) this.#takeOver();
    else if (this.#isHolding) this.#post({ kind: 'unseen' });
  }

  #hear(message: Message): void {
    if (message.kind === 'said') this.#heard.next(message.ids);
    else if (isVisible()) this.#takeOver();
  }

  #takeOver(): void {
    if (!this.#isHolding) void this.#ask('take');
  }

  #post(message: Message): void {
    this.#channel?.postMessage(message);
  }

  #untilDestroyed(): AbortController {
    const destroyed = new AbortController();
    inject(DestroyRef).onDestroy(() => {
      destroyed.abort();
      this.#request.abort();
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
