import { afterNextRender, Component, type ElementRef, inject, viewChild } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { ToastPackage, ToastrService } from 'ngx-toastr';
import type { InboxItem } from '../inbox/store/inbox-item';

const SHOWN_MS = 5000;

/** One notification, or the number of those that are not shown one by one. */
export type ToastContent = { kind: 'one'; item: InboxItem } | { kind: 'sum'; count: number };

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
    '(keydown.escape)': 'close()',
  },
})
export class Toast {
  readonly #package = inject<ToastPackage<ToastContent>>(ToastPackage);
  readonly #toastr = inject(ToastrService);
  private readonly bar = viewChild.required<ElementRef<HTMLElement>>('bar');
  readonly #holds = new Set<'pointer' | 'focus'>();
  #clock: Animation | undefined;

  protected readonly content = this.#package.config.payload as ToastContent;
  protected readonly isUrgent = this.content.kind === 'one' && this.content.item.priority === 'high';

  constructor() {
    afterNextRender(() => {
      const bar = this.bar().nativeElement;
      this.#clock = bar.animate([{ transform: 'scaleX(1)' }, { transform: 'scaleX(0)' }], SHOWN_MS);
      this.#clock.onfinish = () => this.close();
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

  protected open(): void {
    this.#package.triggerTap();
    this.close();
  }

  protected close(): void {
    this.#clock?.cancel();
    this.#toastr.remove(this.#package.toastId);
  }
}
