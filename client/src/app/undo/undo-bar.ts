import { LiveRegion } from '#app/a11y/live-region';
import { Refused, refusalOf } from '#app/refusal/refusal';
import { DestroyRef, inject, Injectable, Injector } from '@angular/core';
import type { Way } from './bar';

/** Time for which a bar is shown. */
export const UNDO_MS = 8000;
/** Time in which something can still be undone, and how many things. */
const KEPT_MS = 60_000;
const KEPT_MAX = 10;

/** Something that was done, and the way back. */
interface Offer {
  readonly text: string;
  readonly undo: () => void | Promise<void>;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Says in a bar what was done, and undoes it on request: the last thing first, then the ones before. */
@Injectable()
export class UndoBar {
  readonly #injector = inject(Injector);
  readonly #liveRegion = inject(LiveRegion);
  readonly #destroyed = inject(DestroyRef);

  readonly #expected = new Set<Promise<unknown>>();
  #offers: readonly Offer[] = [];
  #shown: { dismiss(): void; offer: Offer | null } | null = null;

  constructor() {
    this.#destroyed.onDestroy(() => this.#shown?.dismiss());
  }

  /**
   * @param undo goes back. A later bar says why it failed, since the page that made the change may be left by then
   * @param other what else can be done about it
   * @returns the bar. It can be dismissed before its time is over, and then nothing is undone any more
   */
  async offer(text: string, undo: () => void | Promise<void>, other?: Way): Promise<{ dismiss(): void }> {
    const offer = { text, undo, at: Date.now() };
    this.#offers = [...this.#offers, offer].slice(-KEPT_MAX);
    const way = { label: $localize`:@@done.undo:Undo`, act: () => this.#take(offer) };
    if (await this.#open(offer, text, other === undefined ? [way] : [way, other]))
      this.#liveRegion.announce($localize`:@@done.spoken:${text}:what:. It can be undone`);
    return { dismiss: () => this.#drop(offer) };
  }

  /** Work that is shown already, and may make an offer: until then, `undo` waits. */
  expect(work: Promise<unknown>): void {
    this.#expected.add(work);
    void work.finally(() => this.#expected.delete(work));
  }

  /** Undoes the last thing that was done and not undone yet, as long as that is recent. */
  async undo(): Promise<void> {
    await Promise.allSettled(this.#expected);
    const last = this.#last();
    if (last !== undefined) this.#take(last);
  }

  /** Says why something was not done. */
  async refuse(reason: string): Promise<void> {
    if (await this.#open(null, reason, [])) this.#liveRegion.announce(reason, 'assertive');
  }

  #last(): Offer | undefined {
    return this.#offers.filter(({ at }) => at > Date.now() - KEPT_MS).at(-1);
  }

  #take(offer: Offer): void {
    this.#drop(offer);
    const before = this.#last();
    void this.#goBack(offer.undo);
    // Going back may have made an offer of its own, which is shown.
    if (this.#last() !== before) return;
    const said = $localize`:@@done.undone:Undone: ${offer.text}:what:`;
    this.#liveRegion.announce(said);
    if (before === undefined) return;
    const more = { label: $localize`:@@done.undoMore:Undo more`, act: () => this.#take(before) };
    void this.#open(before, said, [more]);
  }

  async #goBack(undo: Offer['undo']): Promise<void> {
    try {
      await undo();
    } catch (error) {
      const unreachable = $localize`:@@undo.unreachable:The server did not answer. Try again in a moment.`;
      const { message, fields } = error instanceof Refused ? error : await refusalOf(error, unreachable);
      await this.refuse($localize`:@@undo.failed:Not undone: ${fields[0]?.reason ?? message}:reason:`);
    }
  }

  #drop(offer: Offer): void {
    this.#offers = this.#offers.filter((one) => one !== offer);
    if (this.#shown?.offer === offer) this.#shown.dismiss();
  }

  /** @param offer what the bar undoes. @returns whether it is shown */
  async #open(offer: Offer | null, text: string, ways: readonly Way[]): Promise<boolean> {
    const [{ MatSnackBar }, { Bar }] = await Promise.all([import('@angular/material/snack-bar'), import('./bar')]);
    // The next person must not see it.
    if (this.#destroyed.destroyed || (offer !== null && !this.#offers.includes(offer))) return false;
    const before = document.activeElement;
    const restoreFocus = (): void => {
      if (before instanceof HTMLElement) before.focus();
    };
    const bar = this.#injector.get(MatSnackBar).openFromComponent(Bar, {
      data: { text, ways, restoreFocus },
      duration: UNDO_MS,
      horizontalPosition: 'start',
      politeness: 'off',
    });
    const shown = { dismiss: () => bar.dismiss(), offer };
    this.#shown = shown;
    bar.afterDismissed().subscribe(() => {
      if (this.#shown === shown) this.#shown = null;
      // Its button had the focus.
      if (document.activeElement === document.body) restoreFocus();
    });
    return true;
  }
}
