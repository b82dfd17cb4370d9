import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { type Observable, Subject } from 'rxjs';

/** Name of the lock and of the channel, the same in every tab. */
const NAME = 'herald.voice';
/** Time for what the last speaker said to be heard here, so that it is not said twice. */
const SETTLE_MS = 250;

/** What tabs tell each other. `unseen`: the tab that speaks is hidden. */
type Message = { kind: 'said'; ids: readonly string[] } | { kind: 'unseen' };

/**
 * Of several tabs one speaks: the one that was looked at last. It holds a lock (Web Locks) for as long as it is open; the
 * others wait for it, and one that comes into view takes it. Every tab speaks where tabs can't agree: without Web Locks,
 * which browsers keep for secure addresses, without BroadcastChannel, and where the browser refuses the lock, as Chrome
 * does while it blocks site data.
 */
@Injectable({ providedIn: 'root' })
export class Voice {
  readonly #channel = openChannel();
  readonly #locks: LockManager | undefined = this.#channel === undefined ? undefined : navigator.locks;
  readonly #speaks = signal(this.#locks === undefined);
  readonly #heard = new Subject<readonly string[]>();
  /** The request for the lock; a new one replaces it. */
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

  /** Tells the other tabs that these have been announced. */
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
      // Do not retry: the browser would refuse the same request again, at once and for ever.
      else this.#speaks.set(true);
    }
  }

  /** A tab that came into view has taken the lock. Waits for it, since two tabs would take it from each other for ever. */
  #waitAgain(): void {
    this.#isHolding = false;
    this.#speaks.set(false);
    void this.#ask('wait');
  }

  /** Resolves when the tab need not hold the lock any more; if that never comes, closing the tab lets it go. */
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

/** Undefined when the browser has no BroadcastChannel, or denies it to this page. */
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
