import { Component, computed, effect, ElementRef, inject, input, output, resource, viewChild } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { audienceInWords } from '../../language/channel-words';
import { DayTime } from '../../language/day-time';
import { PriorityName } from '../../language/priority-name';
import { NotificationActions } from '../../notification/notification-actions';
import { NotificationBody } from '../../notification/notification-body';
import { ItemActions } from '../item-actions';
import type { SnoozeWish } from '../snooze-menu';
import { InboxStore } from '../store/inbox-store';
import { Spoken } from '../../speech/spoken';
import { CategoryMenu } from './category-menu';

/** All of one notification, by its id, wherever it is. */
@Component({
  selector: 'app-notification-detail',
  imports: [
    CategoryMenu,
    DayTime,
    MatButton,
    MatIcon,
    MatIconButton,
    NotificationActions,
    NotificationBody,
    PriorityName,
    Spoken,
  ],
  templateUrl: './notification-detail.html',
  styleUrl: './notification-detail.scss',
})
export class NotificationDetail {
  readonly id = input.required<string>();
  /** It covers the list: the way back is shown, and it has the focus. */
  readonly isAlone = input(false);
  readonly snooze = output<SnoozeWish>();
  readonly closed = output();

  readonly #store = inject(InboxStore);
  protected readonly actions = inject(ItemActions);
  protected readonly markRead = $localize`:@@detail.read:Mark read`;
  protected readonly markUnread = $localize`:@@detail.unread:Mark unread`;
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');

  protected readonly found = resource({
    params: () => ({ id: this.id(), isReady: this.#store.loading() !== 'loading' }),
    // One that is not in the list is asked for by itself, once the list is there.
    loader: async ({ params: { id, isReady } }) => (isReady ? ((await this.#store.openOne(id)) ?? null) : undefined),
  });
  /** As it is now: what is done to it anywhere is seen here. */
  protected readonly item = computed(() => this.#store.known(this.id()));
  protected readonly open = computed(() => [this.item()].filter((item) => item !== undefined));
  protected readonly recipients = computed(() =>
    audienceInWords(this.item()?.audience ?? [], this.#store.username() ?? ''),
  );
  protected readonly isInInbox = computed(() => this.item()?.archived === false && this.item()?.snoozedUntil === null);

  constructor() {
    let marked = '';
    effect(() => {
      const item = this.item();
      if (item === undefined || marked === item.id) return;
      // Once: who marks it unread here wants it so.
      marked = item.id;
      this.#store.markRead(item.id);
    });
    effect(() => {
      if (this.isAlone()) this.heading()?.nativeElement.focus();
    });
  }

  protected askSnooze({ currentTarget }: Event): void {
    this.snooze.emit({ ids: [this.id()], at: currentTarget as HTMLElement });
  }
}
