import { DOCUMENT, effect, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { ToastrService } from 'ngx-toastr';
import { fromEvent, take } from 'rxjs';
import { type Arrival, InboxStore } from '../inbox/store/inbox-store';
import { Toast, type ToastContent } from './toast';
import { ToastFocus } from './toast-focus';
import { dequeue, EMPTY_QUEUE, enqueue, TOASTS_SHOWN } from './toast-queue';

/** Shows what arrives as toasts, a few at once, for as long as the page is open. */
@Injectable({ providedIn: 'root' })
export class ToastFeed {
  readonly #toastr = inject(ToastrService);
  readonly #store = inject(InboxStore);
  readonly #router = inject(Router);
  readonly #focus = inject(ToastFocus);
  #queue = EMPTY_QUEUE;
  #shown = 0;

  constructor() {
    this.#store.arrivals.pipe(takeUntilDestroyed()).subscribe((arrival) => this.#take(arrival));
    fromEvent<KeyboardEvent>(inject(DOCUMENT), 'keydown')
      .pipe(takeUntilDestroyed())
      .subscribe((event) => this.#heed(event));
    effect(() => {
      if (this.#store.connection().state === 'signed-out') this.#clear();
    });
  }

  #take({ items, isLate }: Arrival): void {
    if (isLate && items.length > 1) {
      const urgent = items.filter(({ priority }) => priority === 'high').length;
      this.#show({ kind: 'late', count: items.length, urgent });
      return;
    }
    this.#queue = enqueue(this.#queue, items);
    this.#fill();
  }

  #fill(): void {
    while (this.#shown < TOASTS_SHOWN) {
      const { next, queue } = dequeue(this.#queue);
      this.#queue = queue;
      if (next === null) return;
      this.#show(typeof next === 'number' ? { kind: 'sum', count: next } : { kind: 'one', item: next });
    }
  }

  #show(content: ToastContent): void {
    const toast = this.#toastr.show('', '', { toastComponent: Toast, payload: content });
    // Null only with ngx-toastr's `preventDuplicates`, which is off.
    if (toast === null) return;
    this.#shown += 1;
    toast.onTap.pipe(take(1)).subscribe(() => this.#open(content));
    toast.onHidden.pipe(take(1)).subscribe(() => {
      this.#shown -= 1;
      this.#fill();
    });
  }

  #open(content: ToastContent): void {
    if (content.kind === 'one') this.#store.markRead(content.item.id);
    void this.#router.navigateByUrl('/');
  }

  /** F8 leads to the toasts, as in other programs' notification regions; Escape dismisses the oldest. */
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
    this.#queue = EMPTY_QUEUE;
    for (const { toastId } of [...this.#toastr.toasts]) this.#toastr.remove(toastId);
  }
}
