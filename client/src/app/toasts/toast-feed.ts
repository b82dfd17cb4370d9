import { effect, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { ToastrService } from 'ngx-toastr';
import { take } from 'rxjs';
import { InboxStore } from '../inbox/store/inbox-store';
import { Toast, type ToastContent } from './toast';
import { dequeue, EMPTY_QUEUE, enqueue, TOASTS_SHOWN } from './toast-queue';

/** Shows what arrives as toasts, a few at once, for as long as the page is open. */
@Injectable({ providedIn: 'root' })
export class ToastFeed {
  readonly #toastr = inject(ToastrService);
  readonly #store = inject(InboxStore);
  readonly #router = inject(Router);
  #queue = EMPTY_QUEUE;
  #shown = 0;

  constructor() {
    this.#store.arrivals.pipe(takeUntilDestroyed()).subscribe((arrived) => {
      this.#queue = enqueue(this.#queue, arrived);
      this.#fill();
    });
    effect(() => {
      if (this.#store.connection().state === 'signed-out') this.#clear();
    });
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

  #clear(): void {
    this.#queue = EMPTY_QUEUE;
    this.#toastr.clear();
  }
}
