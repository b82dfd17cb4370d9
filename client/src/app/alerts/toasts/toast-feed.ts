import { LiveRegion } from '#app/a11y/live-region';
import { InboxStore } from '#app/inbox/inbox-store';
import {
  computed,
  DestroyRef,
  DOCUMENT,
  effect,
  inject,
  Injectable,
  signal,
  untracked,
  type WritableSignal,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { InboxItem } from '@herald/client/inbox';
import { OverlayContainer, ToastrService } from 'ngx-toastr';
import { fromEvent, interval, take } from 'rxjs';
import { type Announcement, Announcer } from '../announcer';
import { OpenNotification } from '../open-notification';
import { TabLeader } from '../tab-leader';
import { Toast, type ToastContent, type ToastPayload } from './toast';
import { ToastFocus } from './toast-focus';
import { isDealtWith } from './is-dealt-with';
import { dequeue, EMPTY_QUEUE, enqueue, waitingIn, withoutLow } from './toast-queue';

/** Interval of reminders of unconfirmed notifications. */
const REMIND_EVERY_MS = 60_000;
/** Maximum of toasts shown at once; a phone has room for one beside its page. */
const TOASTS_SHOWN = 3;
const TOASTS_SHOWN_ON_PHONES = 1;
const PHONE = '(max-width: 599px)';

/** Shows announcements as toasts, a few at a time, while the page is open. */
@Injectable()
export class ToastFeed {
  readonly #toastr = inject(ToastrService);
  readonly #store = inject(InboxStore);
  readonly #open = inject(OpenNotification);
  readonly #leader = inject(TabLeader);
  readonly #liveRegion = inject(LiveRegion);
  readonly #focus = inject(ToastFocus);
  readonly #queue = signal(EMPTY_QUEUE);
  /** Number that waits behind the toast of a phone. */
  readonly #behind = computed(() => (matchMedia(PHONE).matches ? waitingIn(this.#queue()) : 0));
  /** Floods by category, with a toast or waiting for one. A continuing flood adds to its toast. */
  readonly #floods = new Map<string, { count: WritableSignal<number>; isShown: boolean }>();
  #shown = 0;
  /** Toasts by the id of their notification. */
  readonly #toasts = new Map<string, number>();

  constructor() {
    nameRegion(inject(OverlayContainer).getContainerElement());
    inject(Announcer)
      .announcements.pipe(takeUntilDestroyed())
      .subscribe((announcement) => this.#take(announcement));
    fromEvent<KeyboardEvent>(inject(DOCUMENT), 'keydown')
      .pipe(takeUntilDestroyed())
      .subscribe((event) => this.#heed(event));
    interval(REMIND_EVERY_MS)
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.#remind());
    effect(() => {
      const toastId = this.#toasts.get(this.#open.id() ?? '');
      if (toastId !== undefined) untracked(() => this.#toastr.remove(toastId));
    });
    inject(DestroyRef).onDestroy(() => this.#clear());
  }

  #take({ single, late, folded, summary }: Announcement): void {
    if (summary !== null) this.#show({ kind: 'summary', text: summary });
    if (late !== null) this.#show({ kind: 'late', ...late });
    this.#add(single);
    this.#fill();
    for (const [category, count] of folded) this.#count(category, count);
    this.#fill();
  }

  /** Shows dismissed notifications again until they are confirmed; only in the leader tab, and not while snoozed. */
  #remind(): void {
    if (!this.#leader.isLeader()) return;
    const unconfirmed = this.#store.loaded().filter((item) => item.requiresAck && !this.#isNeedless(item));
    for (const { title } of this.#add(unconfirmed))
      this.#liveRegion.announce($localize`:@@toast.unconfirmed:Still to be confirmed: ${title}:title:`, 'assertive');
    this.#fill();
  }

  /** Skips notifications that have a toast or wait for one. @returns the added ones */
  #add(items: readonly InboxItem[]): readonly InboxItem[] {
    const isHere = (id: string): boolean =>
      this.#toasts.has(id) || this.#queue().waiting.some((item) => item.id === id);
    const added = items.filter(({ id }) => !isHere(id));
    this.#queue.set(enqueue(this.#queue(), added, Math.max(0, this.#places() - this.#shown)));
    return added;
  }

  #count(category: string, more: number): void {
    const { queue, count } = withoutLow(this.#queue(), category);
    this.#queue.set(queue);
    const flood = this.#floods.get(category);
    if (flood === undefined) this.#floods.set(category, { count: signal(more + count), isShown: false });
    else flood.count.update((before) => before + more + count);
  }

  #fill(): void {
    while (this.#shown < this.#places()) {
      const content = this.#next();
      if (content === null) return;
      this.#show(content);
    }
  }

  #places(): number {
    return matchMedia(PHONE).matches ? TOASTS_SHOWN_ON_PHONES : TOASTS_SHOWN;
  }

  /** Waiting notifications first, then floods, then the sum of the others. */
  #next(): ToastContent | null {
    const { next, queue } = dequeue(this.#queue());
    if (typeof next === 'object' && next !== null) {
      this.#queue.set(queue);
      return this.#isNeedless(next) ? this.#next() : { kind: 'one', item: next };
    }
    for (const [category, flood] of this.#floods) {
      if (flood.isShown) continue;
      flood.isShown = true;
      return { kind: 'flood', category, count: flood.count };
    }
    this.#queue.set(queue);
    return next === null ? null : { kind: 'sum', count: next };
  }

  /** Whether it is gone, was dealt with, or is open on the page, which has the same buttons. */
  #isNeedless(item: InboxItem): boolean {
    const { id } = item;
    return this.#store.fate(id) !== null || isDealtWith(this.#store.known(id) ?? item) || this.#open.id() === id;
  }

  #show(content: ToastContent): void {
    const payload: ToastPayload = { content, behind: this.#behind };
    const toast = this.#toastr.show('', '', { toastComponent: Toast, payload });
    // Null only with ngx-toastr's `preventDuplicates`, which is off.
    if (toast === null) return;
    this.#shown += 1;
    if (content.kind === 'one') this.#toasts.set(content.item.id, toast.toastId);
    toast.onTap
      .pipe(take(1))
      .subscribe(() => (content.kind === 'one' ? this.#open.one(content.item.id) : this.#open.inbox()));
    toast.onHidden.pipe(take(1)).subscribe(() => {
      this.#shown -= 1;
      if (content.kind === 'one') this.#toasts.delete(content.item.id);
      if (content.kind === 'flood') this.#floods.delete(content.category);
      this.#fill();
    });
  }

  /** F8 focuses the toasts, as in other programs' notification regions; Escape dismisses the oldest. */
  #heed(event: KeyboardEvent): void {
    if (this.#shown === 0 || event.defaultPrevented) return;
    if (event.key === 'F8') {
      event.preventDefault();
      this.#focus.enter();
    } else if (event.key === 'Escape') {
      this.#toastr.remove(this.#toastr.toasts[0]?.toastId ?? -1);
    }
  }

  #clear(): void {
    this.#queue.set(EMPTY_QUEUE);
    this.#floods.clear();
    for (const { toastId } of [...this.#toastr.toasts]) this.#toastr.remove(toastId);
  }
}

/** Removes `aria-live`: toasts are announced elsewhere, and a live region here would repeat them. */
function nameRegion(container: HTMLElement): void {
  container.removeAttribute('aria-live');
  container.setAttribute('role', 'region');
  container.setAttribute('aria-label', $localize`:@@toast.region:Pop-ups (F8)`);
}
