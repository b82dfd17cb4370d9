import { LiveRegion } from '#app/a11y/live-region';
import { dayTime } from '#app/i18n/day-time';
import { Answers } from '#app/inbox/answers';
import { InboxStore } from '#app/inbox/inbox-store';
import { inject, Injectable, LOCALE_ID } from '@angular/core';
import type { Done, Target } from '@herald/client/inbox';
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
    void this.#do(target, { read }, read ? markedRead() : $localize`:@@done.unread:Marked unread`);
  }

  markEverythingRead(): void {
    void this.#offer(this.#store.markAllRead(), markedRead());
  }

  archive(target: Target): void {
    void this.#do(target, { archived: true }, $localize`:@@done.archived:Archived`);
  }

  unarchive(target: Target): void {
    void this.#do(target, { archived: false }, backInInbox());
  }

  /** @param until milliseconds since 1970 */
  snooze(target: Target, until: number): void {
    const when = dayTime(until, 'year', this.#locale);
    void this.#do(
      target,
      { snoozedUntil: new Date(until).toISOString() },
      $localize`:@@done.snoozed:Snoozed until ${when}:when:`,
    );
  }

  wake(target: Target): void {
    void this.#do(target, { snoozedUntil: null }, backInInbox());
  }

  #do(target: Target, change: StateChange, said: string): Promise<void> {
    return this.#offer(this.#store.change(target, change), said);
  }

  /** Says what is done, and offers the way back. */
  async #offer(work: Promise<Done | null>, said: string): Promise<void> {
    const done = await work;
    if (done === null) return;
    const text = done.ids.length > 1 ? `${said}: ${done.ids.length}` : said;
    await this.#bar.offer(text, () => void this.#undo(done));
  }

  async #undo({ undo }: Done): Promise<void> {
    for (const { ids, change } of undo) {
      // A snooze that has ended meanwhile is over.
      if (typeof change.snoozedUntil === 'string' && Date.parse(change.snoozedUntil) <= Date.now()) continue;
      await this.#store.change(ids, change);
    }
  }
}

function markedRead(): string {
  return $localize`:@@done.read:Marked read`;
}

function backInInbox(): string {
  return $localize`:@@done.restored:Back in the inbox`;
}
