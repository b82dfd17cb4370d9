import { Count } from '#app/i18n/count';
import { PriorityName } from '#app/i18n/priority-name';
import { Icon } from '#app/icon/icon';
import { InboxStore } from '#app/inbox/inbox-store';
import { emojiBefore } from '#app/notification/emoji';
import { NotificationActions } from '#app/notification/notification-actions';
import { PlainText } from '#app/notification/plain-text';
import { Swipe } from '#app/platform/swipe';
import {
  afterNextRender,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  signal,
  type Signal,
  viewChild,
} from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import type { InboxItem } from '@herald/client/inbox';
import type { Priority } from '@herald/protocol';
import { ToastPackage, ToastrService } from 'ngx-toastr';
import { Attention } from '../attention';
import { isDealtWith } from './is-dealt-with';
import { ToastFocus } from './toast-focus';

const SHOWN_MS = 5000;

export type ToastContent =
  | { kind: 'one'; item: InboxItem }
  /** Number of notifications without their own toast. */
  | { kind: 'sum'; count: number }
  /** Number of low-priority notifications in a flood so far. */
  | { kind: 'flood'; category: string; count: Signal<number> }
  /** Summary of those held back during quiet hours. */
  | { kind: 'summary'; text: string }
  /** Number that arrived while the page was away, and how many are of high priority. */
  | { kind: 'late'; count: number; urgent: number };

export interface ToastPayload {
  content: ToastContent;
  /** Number that waits behind it where only one is shown; otherwise 0. */
  behind: Signal<number>;
}

/** Reasons not to close a toast: the pointer or the focus is on it (WCAG 2.2.1), or nobody looks at the page. */
type Hold = 'pointer' | 'focus' | 'away';

/**
 * The toast component for ngx-toastr. Its progress bar is its timer: a 5 s animation that closes the toast at its end,
 * and pauses while there is a reason not to close it.
 */
@Component({
  selector: 'app-toast',
  imports: [Count, Icon, MatIconButton, NotificationActions, PlainText, PriorityName, Swipe],
  templateUrl: './toast.html',
  styleUrl: './toast.scss',
  host: {
    '(mouseenter)': 'hold("pointer")',
    '(mouseleave)': 'release("pointer")',
    '(focusin)': 'hold("focus")',
    '(focusout)': 'release("focus")',
    '(click)': 'openByText($event)',
    '(keydown.escape)': 'dismiss($event)',
  },
})
export class Toast {
  readonly #package = inject<ToastPackage<ToastPayload>>(ToastPackage);
  readonly #store = inject(InboxStore);
  readonly #toastr = inject(ToastrService);
  readonly #focus = inject(ToastFocus);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly bar = viewChild.required<ElementRef<HTMLElement>>('bar');
  readonly #holds = signal<ReadonlySet<Hold>>(new Set());
  #clock: Animation | undefined;

  readonly #payload = this.#package.config.payload as ToastPayload;
  protected readonly content = this.#payload.content;
  protected readonly behind = this.#payload.behind;
  protected readonly titleId = `toast-title-${this.#package.toastId}`;
  protected readonly emoji = this.content.kind === 'one' ? emojiBefore(this.content.item.tags) : '';
  protected readonly priority = priorityOf(this.content);
  /** The current state of the notification, for answering here. */
  protected readonly asked = computed(() => (this.content.kind === 'one' ? this.#current(this.content.item) : null));

  protected readonly answerable = computed(() => {
    const item = this.asked();
    return item !== null && (item.requiresAck ?? item.actions ?? item.url) !== undefined ? item : null;
  });

  constructor() {
    const attention = inject(Attention);
    afterNextRender(() => {
      if (this.#mustStay()) return;
      const bar = this.bar().nativeElement;
      this.#clock = bar.animate([{ transform: 'scaleX(1)' }, { transform: 'scaleX(0)' }], SHOWN_MS);
      this.#clock.onfinish = () => this.close();
      this.#runClock();
    });
    effect(() => {
      if (attention.isAway()) this.hold('away');
      else this.release('away');
    });
    effect(() => this.#runClock());
    effect(() => {
      if (this.asked()?.acknowledged === true || this.#isGone()) this.close();
    });
    effect(() => {
      // An answer given here stays to be seen until the pointer or the focus has left.
      const isInUse = this.#holds().has('pointer') || this.#holds().has('focus');
      const item = this.asked();
      if (item !== null && isDealtWith(item) && !isInUse) this.close();
    });
    effect(() => {
      // A change of the count restarts the timer.
      if (this.content.kind === 'flood' && this.content.count() > 0 && this.#clock) this.#clock.currentTime = 0;
    });
  }

  /** A toast that requires confirmation stays until confirmed or dismissed; a dismissed one returns. */
  #mustStay(): boolean {
    return this.content.kind === 'one' && this.content.item.requiresAck === true;
  }

  /** Its sender took it back, or it has expired or was replaced. */
  #isGone(): boolean {
    return this.content.kind === 'one' && this.#store.fate(this.content.item.id) !== null;
  }

  #current(item: InboxItem): InboxItem {
    return this.#store.known(item.id) ?? item;
  }

  #runClock(): void {
    if (this.#holds().size > 0) this.#clock?.pause();
    else this.#clock?.play();
  }

  protected hold(reason: Hold): void {
    this.#holds.update((holds) => new Set(holds).add(reason));
  }

  protected release(reason: Hold): void {
    this.#holds.update((holds) => new Set([...holds].filter((hold) => hold !== reason)));
  }

  protected dismiss(event: Event): void {
    event.preventDefault();
    this.close();
  }

  protected open(): void {
    this.#package.triggerTap();
    this.close();
  }

  /** A click on the text opens it, unless it ends a selection. */
  protected openByText({ target }: Event): void {
    const isText = target instanceof Element && target.closest('.text') !== null;
    if (isText && (document.getSelection()?.isCollapsed ?? true)) this.open();
  }

  protected close(): void {
    this.#clock?.cancel();
    this.#focus.leave(this.#element);
    this.#toastr.remove(this.#package.toastId);
  }
}

function priorityOf(content: ToastContent): Priority | null {
  if (content.kind === 'one') return content.item.priority;
  return content.kind === 'late' && content.urgent > 0 ? 'high' : null;
}
