import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import { map, timer } from 'rxjs';
import { NotificationItem } from './notification-item';
import { InboxStore } from './store/inbox-store';
import { TestNotification } from './test-notification';

/** Drawn at once, and more on request: so that a long list stays quick. */
const SHOWN_AT_ONCE = 50;

@Component({
  selector: 'app-inbox-page',
  imports: [MatButton, MatIcon, NotificationItem, RouterLink, TestNotification],
  templateUrl: './inbox-page.html',
  styleUrl: './inbox-page.scss',
})
export class InboxPage {
  protected readonly store = inject(InboxStore);
  protected readonly now = toSignal(timer(0, 30_000).pipe(map(() => Date.now())), { initialValue: Date.now() });
  readonly #limit = signal(SHOWN_AT_ONCE);

  protected readonly shown = computed(() => this.store.items().slice(0, this.#limit()));
  protected readonly hasMore = computed(() => this.store.items().length > this.#limit() || this.store.hasOlder());
  /** Also during each new attempt, until one succeeds: the notice must not flicker. */
  protected readonly isOffline = linkedSignal<ReturnType<InboxStore['connection']>, boolean>({
    source: this.store.connection,
    computation: ({ state }, previous) => state === 'waiting' || (state === 'connecting' && previous?.value === true),
  });

  protected showOlder(): void {
    this.#limit.update((limit) => limit + SHOWN_AT_ONCE);
    if (this.store.items().length < this.#limit()) void this.store.loadOlder();
  }
}
