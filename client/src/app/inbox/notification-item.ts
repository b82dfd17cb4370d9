import { DatePipe } from '@angular/common';
import { Component, computed, input, output, signal } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { EVERYONE } from '../../../../protocol/channels';
import { relativeTime } from './relative-time';
import type { InboxItem } from './store/inbox-item';

/** About what fits into the lines that are shown of a long title and a long message. */
const SHORT_TITLE = 100;
const SHORT_MESSAGE = 280;
const SHORT_LINES = 3;

/** One notification in the list. A long one is cut short until all of it is asked for. */
@Component({
  selector: 'app-notification-item',
  imports: [DatePipe, MatIcon, MatIconButton],
  templateUrl: './notification-item.html',
  styleUrl: './notification-item.scss',
  host: { '[class.unread]': '!item().read' },
})
export class NotificationItem {
  readonly item = input.required<InboxItem>();
  /** Milliseconds since 1970, for "5m ago". */
  readonly now = input.required<number>();
  readonly read = output();

  protected readonly everyone = EVERYONE;
  protected readonly isOpen = signal(false);
  protected readonly isLong = computed(() => {
    const { title, message } = this.item();
    return title.length > SHORT_TITLE || message.length > SHORT_MESSAGE || message.split('\n').length > SHORT_LINES;
  });
  protected readonly isShort = computed(() => this.isLong() && !this.isOpen());
  protected readonly age = computed(() => relativeTime(this.item().createdAt, this.now()));
}
