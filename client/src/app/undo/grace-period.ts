import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { filter, fromEvent, merge } from 'rxjs';
import { UNDO_MS, UndoBar } from './undo-bar';

/** Longest time for which signing out waits for work that was still held back. */
const LAST_MS = 2000;

/** Work without a way back. */
export interface FinalWork {
  /** Id of what it is done to. */
  id: string;
  /** Says what is about to happen. */
  text: string;
  work: () => Promise<void>;
  /** Time for which it is held back. Default: as long as the bar offers to undo it. */
  delayMs?: number;
}

/**
 * Holds work back that has no way back, and offers to undo it meanwhile. The work is done at once when the page that
 * asked for it is left, hidden or closed.
 */
@Injectable()
export class GracePeriod {
  readonly #bar = inject(UndoBar);
  readonly #ids = signal<ReadonlySet<string>>(new Set());
  /** Ends the wait of an id. */
  readonly #ends = new Map<string, (isOver: boolean) => void>();
  readonly #underWay = new Set<Promise<unknown>>();

  /** Ids with work that is held back or under way. */
  readonly ids = this.#ids.asReadonly();

  constructor() {
    // A phone may end a hidden page without another event.
    merge(fromEvent(window, 'pagehide'), fromEvent(document, 'visibilitychange').pipe(filter(() => document.hidden)))
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.end());
    // The session has ended, and with it the right to do the work.
    inject(DestroyRef).onDestroy(() => {
      for (const end of this.#ends.values()) end(false);
    });
  }

  /**
   * Does the work after its delay. Rejects as the work does.
   * @returns whether it is done; false if it was undone
   */
  async hold(held: FinalWork): Promise<boolean> {
    if (this.#ids().has(held.id)) return false;
    this.#ids.update((ids) => new Set(ids).add(held.id));
    const done = this.#doLater(held);
    this.#underWay.add(done);
    try {
      return await done;
    } finally {
      this.#underWay.delete(done);
      this.#ids.update((ids) => new Set([...ids].filter((id) => id !== held.id)));
    }
  }

  undo(id: string): void {
    this.#ends.get(id)?.(false);
  }

  /** Does all work at once. */
  end(): void {
    for (const end of this.#ends.values()) end(true);
  }

  /** Does all work at once. Resolves when it is done, or after 2 s. */
  async finish(): Promise<void> {
    this.end();
    if (this.#underWay.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LAST_MS);
      void Promise.allSettled(this.#underWay).then(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async #doLater({ id, text, work, delayMs = UNDO_MS }: FinalWork): Promise<boolean> {
    const isOver = delayMs <= 0 || (await this.#wait(id, text, delayMs));
    // Called within the turn that ends the wait: a page that is being closed has no other.
    if (isOver) await work();
    return isOver;
  }

  #wait(id: string, text: string, delayMs: number): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => this.#ends.get(id)?.(true), delayMs);
    // Without its bar, as when the server can't be reached to load it, the page itself still offers to undo.
    const bar = this.#bar.offer(text, () => this.undo(id)).catch(() => null);
    this.#ends.set(id, (isOver) => {
      this.#ends.delete(id);
      clearTimeout(timer);
      void bar.then((shown) => shown?.dismiss());
      resolve(isOver);
    });
    return promise;
  }
}
