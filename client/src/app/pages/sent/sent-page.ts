import { focusAfterRemoval } from '#app/a11y/focus-after-removal';
import { Retry } from '#app/a11y/retry';
import { Spoken } from '#app/a11y/spoken';
import { audienceInWords } from '#app/i18n/channel-words';
import { DayTime } from '#app/i18n/day-time';
import { PriorityName } from '#app/i18n/priority-name';
import { Icon } from '#app/icon/icon';
import { refusalOf } from '#app/refusal/refusal';
import { fieldWords } from '#app/refusal/refusal-words';
import { Person } from '#app/session/person';
import { type FinalWork, GracePeriod } from '#app/undo/grace-period';
import { UNDO_MS, UndoBar } from '#app/undo/undo-bar';
import { Component, DestroyRef, inject, Injector, signal, type WritableSignal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { HeraldApi } from '@herald/client/api';
import { EVERYONE, type Notification, type ScheduledNotification } from '@herald/protocol';
import { ReceiptsView } from './receipts-view';

/** A scheduled notification is cancelled this long before its time, or it would be sent meanwhile. */
const SPARE_MS = 2000;

/** Characters of a title in the bar, which must not cover the page of a phone. */
const SHORT_TITLE = 40;

/** Sent notifications of the person and their apps with receipts, and scheduled ones. */
@Component({
  selector: 'app-sent-page',
  imports: [
    DayTime,
    Icon,
    MatButton,
    MatIconButton,
    MatMenuModule,
    PriorityName,
    ReceiptsView,
    Retry,
    RouterLink,
    Spoken,
  ],
  templateUrl: './sent-page.html',
  styleUrl: './sent-page.scss',
})
export class SentPage {
  readonly #api = inject(HeraldApi);
  readonly #injector = inject(Injector);
  readonly #destroyed = inject(DestroyRef);
  readonly #grace = inject(GracePeriod);
  readonly #bar = inject(UndoBar);
  protected readonly me = inject(Person).username;
  protected readonly everyone = EVERYONE;
  protected readonly inWords = audienceInWords;
  protected readonly reason = fieldWords;
  protected readonly isLoading = signal(false);
  /** Loading was tried, and has not succeeded since. */
  protected readonly hasFailed = signal(false);
  protected readonly problem = signal('');
  protected readonly said = signal('');
  protected readonly sent = signal<readonly Notification[]>([]);
  protected readonly scheduled = signal<readonly ScheduledNotification[]>([]);
  protected readonly nextCursor = signal<string | null>(null);
  /** Cursor of the next page of scheduled notifications. */
  protected readonly laterCursor = signal<string | null>(null);
  protected readonly openId = signal<string | null>(null);
  /** Ids of those that are being taken back or cancelled. */
  protected readonly leaving = this.#grace.ids;

  constructor() {
    void this.load();
    this.#destroyed.onDestroy(() => this.#grace.end());
  }

  protected async load(): Promise<void> {
    if (this.isLoading()) return;
    this.isLoading.set(true);
    const isLoaded = await this.#try(async () => {
      const [page, scheduled] = await Promise.all([this.#api.sent(null), this.#api.scheduled(null)]);
      this.sent.set(page.items);
      this.nextCursor.set(page.nextCursor);
      this.scheduled.set(scheduled.items);
      this.laterCursor.set(scheduled.nextCursor);
    });
    this.hasFailed.set(!isLoaded);
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

  protected isPlanned(one: Notification | ScheduledNotification): one is ScheduledNotification {
    return 'deliverAt' in one;
  }

  /** Takes back what is sent, or cancels what is scheduled. */
  protected withdraw(
    one: Notification | ScheduledNotification,
    list: HTMLElement,
    heading: HTMLElement,
  ): Promise<void> {
    return this.isPlanned(one) ? this.#cancel(one, list, heading) : this.#retract(one, list, heading);
  }

  async #retract({ id, title }: Notification, list: HTMLElement, heading: HTMLElement): Promise<void> {
    const text = $localize`:@@sent.willTakeBack:Taking back “${shortened(title)}:title:” in 8 seconds, or when you leave this page`;
    const isDone = await this.#afterGrace({ id, text, work: () => this.#api.retract(id) });
    if (isDone) this.#remove(this.sent, id, list, heading, $localize`:@@sent.tookBack:Took back “${title}:title:”.`);
  }

  async #cancel(
    { id, title, deliverAt, problem }: ScheduledNotification,
    list: HTMLElement,
    heading: HTMLElement,
  ): Promise<void> {
    const text = $localize`:@@sent.willCancel:Cancelling “${shortened(title)}:title:” in a few seconds, or when you leave this page`;
    // One with a problem is not sent.
    const leftMs = problem === undefined ? Date.parse(deliverAt) - Date.now() - SPARE_MS : Infinity;
    const delayMs = Math.min(UNDO_MS, leftMs);
    const isDone = await this.#afterGrace({ id, text, delayMs, work: () => this.#api.cancel(id) });
    if (isDone)
      this.#remove(this.scheduled, id, list, heading, $localize`:@@sent.cancelled:Cancelled “${title}:title:”.`);
  }

  protected undo({ id }: { id: string }): void {
    this.#grace.undo(id);
  }

  protected toggle(id: string): void {
    this.openId.update((open) => (open === id ? null : id));
  }

  /** Does the work after its grace period. @returns whether this page has to show that it is done */
  async #afterGrace(work: FinalWork): Promise<boolean> {
    this.problem.set('');
    this.said.set('');
    try {
      return (await this.#grace.hold(work)) && !this.#destroyed.destroyed;
    } catch (error) {
      const { message } = await refusalOf(error, unreachable());
      if (this.#destroyed.destroyed) await this.#bar.refuse($localize`:@@sent.notDone:Not done: ${message}:reason:`);
      else this.problem.set(message);
      return false;
    }
  }

  #remove<One extends { id: string }>(
    from: WritableSignal<readonly One[]>,
    id: string,
    list: HTMLElement,
    heading: HTMLElement,
    said: string,
  ): void {
    const index = from().findIndex((one) => one.id === id);
    from.update((items) => items.filter((one) => one.id !== id));
    focusAfterRemoval(list, index, heading, this.#injector);
    this.said.set(said);
  }

  /** @returns whether it succeeded */
  async #try(work: () => Promise<void>): Promise<boolean> {
    this.problem.set('');
    this.said.set('');
    try {
      await work();
      return true;
    } catch (error) {
      this.problem.set((await refusalOf(error, unreachable())).message);
      return false;
    }
  }
}

function unreachable(): string {
  return $localize`:@@sent.unreachable:The server can’t be reached. Try again in a moment.`;
}

function shortened(title: string): string {
  return title.length > SHORT_TITLE ? `${title.slice(0, SHORT_TITLE).trimEnd()}…` : title;
}
