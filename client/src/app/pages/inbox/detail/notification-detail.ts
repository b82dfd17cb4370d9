import { Spoken } from '#app/a11y/spoken';
import { audienceInWords } from '#app/i18n/channel-words';
import { DayTime } from '#app/i18n/day-time';
import { PriorityName } from '#app/i18n/priority-name';
import { Face } from '#app/icon/face';
import { Icon } from '#app/icon/icon';
import { InboxStore } from '#app/inbox/inbox-store';
import { DataTable } from '#app/notification/data-table';
import { KeyHint } from '#app/preferences/key-hint';
import { NotificationActions } from '#app/notification/notification-actions';
import { NotificationBody } from '#app/notification/notification-body';
import { refusalOf } from '#app/refusal/refusal';
import {
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  output,
  resource,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { InboxItem } from '@herald/client/inbox';
import { ItemActions } from '../item-actions';
import type { SnoozeWish } from '../snooze-menu';
import { CategoryMenu } from './category-menu';

/** All of one notification, by its id, wherever it is. */
@Component({
  selector: 'app-notification-detail',
  imports: [
    CategoryMenu,
    DataTable,
    DayTime,
    Face,
    MatButton,
    Icon,
    KeyHint,
    MatIconButton,
    NotificationActions,
    NotificationBody,
    PriorityName,
    RouterLink,
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
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  protected readonly actions = inject(ItemActions);
  protected readonly markRead = $localize`:@@detail.read:Mark read`;
  protected readonly markUnread = $localize`:@@detail.unread:Mark unread`;
  /** Heading of the notification, or of the state that is shown in its place. */
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');

  protected readonly found = resource({
    params: () => ({ id: this.id(), isReady: this.#store.loading() !== 'loading' }),
    // A notification outside the list is fetched on its own, after the list has loaded.
    loader: async ({ params: { id, isReady } }) => (isReady ? this.#find(id) : undefined),
  });
  /** The present state, including changes made elsewhere. */
  protected readonly item = computed(() => this.#store.known(this.id()));
  /** As it was when it was last here. */
  readonly #last = signal<InboxItem | undefined>(undefined);
  /** Why it is no longer there; null if it is, or if that is not known. */
  protected readonly fate = computed(() => (this.item() === undefined ? this.#store.fate(this.id()) : null));
  /** Instant at which it has expired; null if it is gone for another reason. */
  protected readonly expiredAt = computed(() => {
    const last = this.#last();
    if (this.fate()?.kind !== 'gone' || last?.id !== this.id() || last.expiresAt === undefined) return null;
    return Date.parse(last.expiresAt) <= Date.now() ? last.expiresAt : null;
  });
  /** Changes whenever another heading is shown. */
  readonly #state = computed(() =>
    JSON.stringify([this.id(), this.item() === undefined, this.fate(), this.expiredAt(), this.found.status()]),
  );
  protected readonly open = computed(() => [this.item()].filter((item) => item !== undefined));
  protected readonly recipients = computed(() => audienceInWords(this.item()?.audience ?? [], this.#store.username));
  protected readonly isInInbox = computed(() => this.item()?.archived === false && this.item()?.snoozedUntil === null);

  constructor() {
    let marked = '';
    effect(() => {
      const item = this.item();
      if (item === undefined) return;
      this.#last.set(item);
      if (marked === item.id) return;
      // Once: who marks it unread here wants it so.
      marked = item.id;
      this.#store.markRead(item.id);
    });
    effect(() => {
      // It was here and is not held any more, as after a gap: only the server knows what became of it.
      const isLost = this.item() === undefined && this.fate() === null && this.found.hasValue();
      if (isLost && this.found.value() !== null && !this.found.isLoading()) untracked(() => this.found.reload());
    });
    this.#focusHeadings();
  }

  /**
   * Focuses each new heading if the focus was in here. On a narrow page, where the list is inert, also if nothing has the
   * focus, and always when a notification is opened: but a dialog that is open keeps the focus.
   */
  #focusHeadings(): void {
    let hadFocus = false;
    let openedId = '';
    effect(() => {
      // Effects run before the template changes, which may remove the element that has the focus.
      this.#state();
      hadFocus = this.#element.contains(document.activeElement);
    });
    effect(() => {
      const [heading, isAlone, id] = [this.heading()?.nativeElement, this.isAlone(), untracked(this.id)];
      if (heading === undefined) return;
      if (hadFocus || (isAlone && (id !== openedId || isInert(document.activeElement)))) heading.focus();
      openedId = id;
    });
  }

  /** @returns null if there is none. @throws Refused */
  async #find(id: string): Promise<InboxItem | null> {
    try {
      return (await this.#store.openOne(id)) ?? null;
    } catch (error) {
      throw await refusalOf(
        error,
        $localize`:@@detail.failed.text:The server can’t be reached. Try again in a moment.`,
      );
    }
  }

  protected askSnooze({ currentTarget }: Event): void {
    this.snooze.emit({ ids: [this.id()], at: currentTarget as HTMLElement });
  }
}

/** Whether keys pressed now would go nowhere. */
function isInert(active: Element | null): boolean {
  return active === null || active === document.body || active.closest('[inert]') !== null;
}
