import { DatePipe } from '@angular/common';
import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { relativeTime } from './relative-time';
import type { InboxItem } from './store/inbox-item';

/** One notification in the list. */
@Component({
  selector: 'app-notification-item',
  imports: [DatePipe, MatButton, MatIcon],
  templateUrl: './notification-item.html',
  styleUrl: './notification-item.scss',
  host: { '[class.unread]': '!item().isRead' },
})
export class NotificationItem {
  readonly item = input.required<InboxItem>();
  /** Milliseconds since 1970, for "5 min. ago". */
  readonly now = input.required<number>();
  readonly read = output();

  protected readonly age = computed(() => relativeTime(this.item().createdAt, this.now()));
}
