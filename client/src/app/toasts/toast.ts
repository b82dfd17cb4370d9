import { afterNextRender, Component, effect, ElementRef, inject, type Signal, viewChild } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { ToastPackage, ToastrService } from 'ngx-toastr';
import type { Priority } from '../../../../protocol/notification';
import type { InboxItem } from '../inbox/store/inbox-item';
import { ToastFocus } from './toast-focus';

const SHOWN_MS = 5000;

export type ToastContent =
  | { kind: 'one'; item: InboxItem }
  /** The number of those that are not shown one by one. */
  | { kind: 'sum'; count: number }
  /** The number that a flood of low ones has brought so far. */
  | { kind: 'flood'; category: string; count: Signal<number> }
  /** What quiet hours held back, in words. */
  | { kind: 'summary'; text: string }
  /** What came while the page was away, and how much of it is of high priority. */
  | { kind: 'late'; count: number; urgent: number };

/**
 * The card that ngx-toastr shows. Its progress bar is its clock: an animation that ends after 5 s and closes it, and
 * that stands still while the pointer or the focus is on the card (WCAG 2.2.1).
 */
@Component({
  selector: 'app-toast',
  imports: [MatIcon, MatIconButton],
  templateUrl: './toast.html',
  styleUrl: './toast.scss',
  host: {
    '(mouseenter)': 'pause("pointer")',
    '(mouseleave)': 'resume("pointer")',
    '(focusin)': 'pause("focus")',
    '(focusout)': 'resume("focus")',
    '(keydown.escape)': 'dismiss($event)',
  },
})
export class Toast {
  readonly #package = inject<ToastPackage<ToastContent>>(ToastPackage);
  readonly #toastr = inject(ToastrService);
  readonly #focus = inject(ToastFocus);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly bar = viewChild.required<ElementRef<HTMLElement>>('bar');
  readonly #holds = new Set<'pointer' | 'focus'>();
  #clock: Animation | undefined;

  protected readonly content = this.#package.config.payload as ToastContent;
  protected readonly priority = priorityOf(this.content);

  constructor() {
    afterNextRender(() => {
      const bar = this.bar().nativeElement;
      this.#clock = bar.animate([{ transform: 'scaleX(1)' }, { transform: 'scaleX(0)' }], SHOWN_MS);
      this.#clock.onfinish = () => this.close();
    });
    effect(() => {
      // What has just changed is news again.
      if (this.content.kind === 'flood' && this.content.count() > 0 && this.#clock) this.#clock.currentTime = 0;
    });
  }

  protected pause(hold: 'pointer' | 'focus'): void {
    this.#holds.add(hold);
    this.#clock?.pause();
  }

  protected resume(hold: 'pointer' | 'focus'): void {
    this.#holds.delete(hold);
    if (this.#holds.size === 0) this.#clock?.play();
  }

  protected dismiss(event: Event): void {
    event.preventDefault();
    this.close();
  }

  protected open(): void {
    this.#package.triggerTap();
    this.close();
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
