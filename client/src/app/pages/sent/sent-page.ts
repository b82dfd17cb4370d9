import { focusAfterRemoval } from '#app/a11y/focus-after-removal';
import { Spoken } from '#app/a11y/spoken';
import { audienceInWords } from '#app/i18n/channel-words';
import { DayTime } from '#app/i18n/day-time';
import { PriorityName } from '#app/i18n/priority-name';
import { refusalOf } from '#app/refusal/refusal';
import { fieldWords } from '#app/refusal/refusal-words';
import { Component, inject, Injector, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import { HeraldApi } from '@herald/client/api';
import { EVERYONE, type Notification, type ScheduledNotification } from '@herald/protocol';
import { ReceiptsView } from './receipts-view';

/** The person's sent notifications with receipts, and their scheduled ones. */
@Component({
  selector: 'app-sent-page',
  imports: [DayTime, MatButton, MatIcon, PriorityName, ReceiptsView, RouterLink, Spoken],
  templateUrl: './sent-page.html',
  styleUrl: './sent-page.scss',
})
export class SentPage {
  readonly #api = inject(HeraldApi);
  readonly #injector = inject(Injector);
  protected readonly everyone = EVERYONE;
  protected readonly inWords = audienceInWords;
  protected readonly reason = fieldWords;
  protected readonly isLoading = signal(true);
  protected readonly problem = signal('');
  protected readonly said = signal('');
  protected readonly sent = signal<readonly Notification[]>([]);
  protected readonly scheduled = signal<readonly ScheduledNotification[]>([]);
  protected readonly nextCursor = signal<string | null>(null);
  /** Cursor of the next page of scheduled notifications. */
  protected readonly laterCursor = signal<string | null>(null);
  protected readonly openId = signal<string | null>(null);

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.isLoading.set(true);
    await this.#try(async () => {
      const [page, scheduled] = await Promise.all([this.#api.sent(null), this.#api.scheduled(null)]);
      this.sent.set(page.items);
      this.nextCursor.set(page.nextCursor);
      this.scheduled.set(scheduled.items);
      this.laterCursor.set(scheduled.nextCursor);
    });
    this.isLoading.set(false);
  }

  protected async loadLater(): Promise<void> {
    await this.#try(async () => {
      const page = await this.#api.scheduled(this.laterCursor());
      this.scheduled.update((items) => [...items, ...page.items]);
      this.laterCursor.set(page.nextCursor);
    });
  }

  protected async loadOlder(): Promise<void> {
    await this.#try(async () => {
      const page = await this.#api.sent(this.nextCursor());
      this.sent.update((items) => [...items, ...page.items]);
      this.nextCursor.set(page.nextCursor);
    });
  }

  protected async retract(
    { id, title }: Notification,
    index: number,
    list: HTMLElement,
    heading: HTMLElement,
  ): Promise<void> {
    await this.#try(async () => {
      await this.#api.retract(id);
      this.sent.update((items) => items.filter((item) => item.id !== id));
      focusAfterRemoval(list, index, heading, this.#injector);
      this.said.set($localize`:@@sent.tookBack:Took back “${title}:title:”.`);
    });
  }

  protected async cancel(
    { id, title }: ScheduledNotification,
    index: number,
    list: HTMLElement,
    heading: HTMLElement,
  ): Promise<void> {
    await this.#try(async () => {
      await this.#api.cancel(id);
      this.scheduled.update((items) => items.filter((item) => item.id !== id));
      focusAfterRemoval(list, index, heading, this.#injector);
      this.said.set($localize`:@@sent.cancelled:Cancelled “${title}:title:”.`);
    });
  }

  protected toggle(id: string): void {
    this.openId.update((open) => (open === id ? null : id));
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.problem.set('');
    this.said.set('');
    try {
      await work();
    } catch (error) {
      this.problem.set(
        (await refusalOf(error, $localize`:@@sent.unreachable:The server can’t be reached. Try again in a moment.`))
          .message,
      );
    }
  }
}
