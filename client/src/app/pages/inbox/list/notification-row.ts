import { audienceInWords } from '#app/i18n/channel-words';
import { DayTime } from '#app/i18n/day-time';
import { PriorityName } from '#app/i18n/priority-name';
import { Icon } from '#app/icon/icon';
import { InboxStore } from '#app/inbox/inbox-store';
import { emojiBefore } from '#app/notification/emoji';
import { PlainText } from '#app/notification/plain-text';
import { Swipe } from '#app/platform/swipe';
import { Component, computed, ElementRef, inject, input, LOCALE_ID, output, viewChild } from '@angular/core';
import { type InboxItem, isUnconfirmed } from '@herald/client/inbox';
import { EVERYONE } from '@herald/protocol';
import { relativeTime } from '../relative-time';
import type { SnoozeWish } from '../snooze-menu';

/** Actions that a row requests. */
export type RowAct = 'open' | 'confirm' | 'read' | 'unread' | 'archive' | 'restore';

/** One notification in the list, cut short to a fixed height. */
@Component({
  selector: 'app-notification-row',
  imports: [DayTime, Icon, PlainText, PriorityName, Swipe],
  templateUrl: './notification-row.html',
  styleUrl: './notification-row.scss',
  host: {
    '[class.unread]': '!item().read',
    '[class.unconfirmed]': 'isUnconfirmed()',
    '[class.ticked]': 'isTicked()',
    '[class.shown]': 'isShown()',
    '[class.inside]': 'isInFold()',
  },
})
export class NotificationRow {
  readonly item = input.required<InboxItem>();
  /** Milliseconds since 1970, for "5 min. ago". */
  readonly now = input.required<number>();
  readonly isTicked = input(false);
  /** It is what the pane beside the list shows. */
  readonly isShown = input(false);
  readonly isInFold = input(false);
  /** Those that are seen while it is hovered over. */
  readonly hasButtons = input(true);
  readonly act = output<RowAct>();
  readonly snooze = output<SnoozeWish>();
  readonly tick = output<{ isRange: boolean }>();

  readonly #locale = inject(LOCALE_ID);
  readonly #reader = inject(InboxStore).username;
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly snoozer = viewChild<ElementRef<HTMLElement>>('snoozer');

  protected readonly everyone = EVERYONE;
  protected readonly age = computed(() => relativeTime(this.item().createdAt, this.now(), this.#locale));
  protected readonly recipients = computed(() => audienceInWords(this.item().audience, this.#reader));
  protected readonly emoji = computed(() => emojiBefore(this.item().tags));
  protected readonly isInInbox = computed(() => !this.item().archived && this.item().snoozedUntil === null);

  protected readonly isUnconfirmed = computed(() => isUnconfirmed(this.item()));

  /** Opens the menu; when it closes, the focus is on the row again. */
  openSnooze(): void {
    const link = this.#element.querySelector<HTMLElement>('h3 a');
    if (link !== null)
      this.snooze.emit({ ids: [this.item().id], at: this.snoozer()?.nativeElement ?? link, after: link });
  }

  protected open(event: Event): void {
    event.preventDefault();
    this.act.emit('open');
  }

  protected swiped(to: 'left' | 'right'): void {
    if (to === 'right') this.act.emit(this.item().read ? 'unread' : 'read');
    else this.act.emit(this.isInInbox() ? 'archive' : 'restore');
  }
}
