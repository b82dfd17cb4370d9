import { audienceInWords } from '#app/i18n/channel-words';
import { DayTime } from '#app/i18n/day-time';
import { PriorityName } from '#app/i18n/priority-name';
import { relativeTime } from '#app/i18n/relative-time';
import { InboxStore } from '#app/inbox/inbox-store';
import { emojiBefore } from '#app/notification/emoji';
import { PlainText } from '#app/notification/plain-text';
import { Component, computed, inject, input, LOCALE_ID, output } from '@angular/core';
import { type InboxItem, isUnconfirmed } from '@herald/client/inbox';
import { EVERYONE } from '@herald/protocol';
import { RowFrame, type StateAct } from './row-frame';

/** Actions that a row requests. */
export type RowAct = 'open' | 'confirm' | StateAct;

/** One notification in the list, cut short to a fixed height. */
@Component({
  selector: 'app-notification-row',
  imports: [DayTime, PlainText, PriorityName, RowFrame],
  templateUrl: './notification-row.html',
  styleUrls: ['./row-text.scss', './notification-row.scss'],
  host: {
    '[class.unread]': '!item().read',
    '[class.unconfirmed]': 'isUnconfirmed()',
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
  /** The button at which to open the menu. */
  readonly snooze = output<HTMLElement>();
  readonly tick = output<{ isRange: boolean }>();

  readonly #locale = inject(LOCALE_ID);
  readonly #reader = inject(InboxStore).username;

  protected readonly everyone = EVERYONE;
  protected readonly age = computed(() => relativeTime(this.item().createdAt, this.now(), this.#locale));
  protected readonly recipients = computed(() => audienceInWords(this.item().audience, this.#reader));
  protected readonly emoji = computed(() => emojiBefore(this.item().tags));
  protected readonly isInInbox = computed(() => !this.item().archived && this.item().snoozedUntil === null);

  protected readonly isUnconfirmed = computed(() => isUnconfirmed(this.item()));

  protected open(event: Event): void {
    event.preventDefault();
    this.act.emit('open');
  }
}
