import { Count } from '#app/i18n/count';
import { DayTime } from '#app/i18n/day-time';
import { PriorityName } from '#app/i18n/priority-name';
import { relativeTime } from '#app/i18n/relative-time';
import { Icon } from '#app/icon/icon';
import { Component, computed, inject, input, LOCALE_ID, output } from '@angular/core';
import { type InboxItem, viewOf } from '@herald/client/inbox';
import { RowFrame, type StateAct } from './row-frame';

/** The row that stands for a flood of one category: all of it is read, put away or ticked together, and opens on request. */
@Component({
  selector: 'app-folded-row',
  imports: [Count, DayTime, Icon, PriorityName, RowFrame],
  templateUrl: './folded-row.html',
  styleUrls: ['./row-text.scss', './folded-row.scss'],
  host: { '[class.unread]': 'unread() > 0' },
})
export class FoldedRow {
  readonly #locale = inject(LOCALE_ID);
  readonly category = input.required<string>();
  /** Newest first, at least one. */
  readonly items = input.required<readonly InboxItem[]>();
  readonly ticked = input.required<ReadonlySet<string>>();
  readonly isOpen = input.required<boolean>();
  /** Milliseconds since 1970, for "5 min. ago". */
  readonly now = input.required<number>();
  readonly hasButtons = input(true);
  readonly toggled = output();
  readonly act = output<StateAct>();
  /** The button at which to open the menu. */
  readonly snooze = output<HTMLElement>();
  readonly tick = output<{ isRange: boolean }>();

  protected readonly title = computed(() => {
    const count = new Intl.NumberFormat(this.#locale).format(this.items().length);
    return $localize`:@@fold.title:${count}:count: from ${this.category()}:category:`;
  });
  protected readonly unread = computed(() => this.items().filter(({ read }) => !read).length);
  protected readonly newest = computed(() => this.items()[0]);
  protected readonly age = computed(() => relativeTime(this.newest()?.createdAt ?? '', this.now(), this.#locale));
  protected readonly isInInbox = computed(() => this.items().every((item) => viewOf(item) === 'inbox'));
  readonly #tickedCount = computed(() => this.items().filter(({ id }) => this.ticked().has(id)).length);
  protected readonly isTicked = computed(() => this.#tickedCount() === this.items().length);
  protected readonly isPartlyTicked = computed(() => this.#tickedCount() > 0 && !this.isTicked());
}
