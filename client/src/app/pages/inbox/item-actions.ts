import { LiveRegion } from '#app/a11y/live-region';
import { dayTime } from '#app/i18n/day-time';
import { Answers } from '#app/inbox/answers';
import { InboxStore } from '#app/inbox/inbox-store';
import { inject, Injectable, LOCALE_ID } from '@angular/core';
import type { Done, Outcome, Target } from '@herald/client/inbox';
import type { StateChange } from '@herald/protocol';
import { UndoBar } from '#app/undo/undo-bar';

/** Actions on notifications, each with an undo that is offered for a while. */
@Injectable()
export class ItemActions {
  readonly #store = inject(InboxStore);
  readonly #answers = inject(Answers);
  readonly #liveRegion = inject(LiveRegion);
  readonly #bar = inject(UndoBar);
  readonly #locale = inject(LOCALE_ID);

  /** Confirms to the sender that it was seen. That has no way back. */
  async confirm(id: string): Promise<void> {
    try {
      await this.#answers.acknowledge(id);
      this.#liveRegion.announce($localize`:@@actions.confirmed:Confirmed`);
    } catch (error) {
      await this.#bar.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  /** One, which needs no way back: the same button is one. */
  setRead(id: string, read: boolean): void {
    void this.#store.change([id], { read });
  }

  setAllRead(target: Target, read: boolean): void {
    this.#do(target, { read }, read ? markedRead() : $localize`:@@done.unread:Marked unread`);
  }

  markEverythingRead(): void {
    this.#tell(this.#store.markAllRead(), { read: true }, markedRead());
  }

  archive(target: Target): void {
    this.#do(target, { archived: true }, $localize`:@@done.archived:Archived`);
  }

  unarchive(target: Target): void {
    this.#do(target, { archived: false }, backInInbox());
  }

  /** @param until milliseconds since 1970 */
  snooze(target: Target, until: number): void {
    const when = dayTime(until, 'year', this.#locale);
    this.#do(
      target,
      { snoozedUntil: new Date(until).toISOString() },
      $localize`:@@done.snoozed:Snoozed until ${when}:when:`,
    );
  }

  wake(target: Target): void {
    this.#do(target, { snoozedUntil: null }, backInInbox());
  }

  #do(target: Target, change: StateChange, said: string): void {
    this.#tell(this.#store.change(target, change), change, said);
  }

  #tell(work: Promise<Outcome>, change: StateChange, said: string): void {
    this.#bar.expect(work.then((outcome) => this.#offer(outcome, change, said)));
  }

  /** Shows how much of a change is done, and offers to undo it, and to continue if a part has failed. */
  async #offer({ done, rest }: Outcome, change: StateChange, said: string): Promise<void> {
    if (done === null) return;
    const undo = (): void => void this.#undo(done);
    if (rest !== undefined) {
      const tryRest = { label: $localize`:@@done.tryRest:Try the rest`, act: () => this.#do(rest, change, said) };
      await this.#bar.offer(partly(said, done.ids.length, rest), undo, tryRest);
    } else await this.#bar.offer(done.ids.length > 1 ? `${said}: ${done.ids.length}` : said, undo);
  }

  async #undo({ undo }: Done): Promise<void> {
    for (const { ids, change } of undo) {
      // A snooze that has ended meanwhile is over.
      if (typeof change.snoozedUntil === 'string' && Date.parse(change.snoozedUntil) <= Date.now()) continue;
      await this.#store.change(ids, change);
    }
  }
}

/** @param said such as "Archived" */
function partly(said: string, count: number, rest: Target): string {
  return 'upTo' in rest
    ? $localize`:@@done.notAll:${said}:what:: ${count}:count:, but not all`
    : $localize`:@@done.partly:${said}:what:: ${count}:count: of ${count + rest.length}:total:`;
}

function markedRead(): string {
  return $localize`:@@done.read:Marked read`;
}

function backInInbox(): string {
  return $localize`:@@done.restored:Back in the inbox`;
}
