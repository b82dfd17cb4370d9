import { Count } from '#app/i18n/count';
import { DayTime } from '#app/i18n/day-time';
import { PriorityName } from '#app/i18n/priority-name';
import { Icon } from '#app/icon/icon';
import { Component, computed, inject, input, LOCALE_ID, output } from '@angular/core';
import type { InboxItem } from '@herald/client/inbox';
import { relativeTime } from './relative-time';

/** The row that stands for a flood of one category, and opens on request. */
@Component({
  selector: 'app-folded-row',
  imports: [Count, DayTime, Icon, PriorityName],
  templateUrl: './folded-row.html',
  styleUrl: './folded-row.scss',
})
export class FoldedRow {
  readonly #locale = inject(LOCALE_ID);
  readonly category = input.required<string>();
  /** Newest first, at least one. */
  readonly items = input.required<readonly InboxItem[]>();
  readonly isOpen = input.required<boolean>();
  /** Milliseconds since 1970, for "5 min. ago". */
  readonly now = input.required<number>();
  readonly toggled = output();

  protected readonly unread = computed(() => this.items().filter(({ read }) => !read).length);
  protected readonly newest = computed(() => this.items()[0]);
  protected readonly age = computed(() => relativeTime(this.newest()?.createdAt ?? '', this.now(), this.#locale));
}
