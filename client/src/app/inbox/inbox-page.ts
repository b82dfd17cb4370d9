import { Component, computed, inject, linkedSignal, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import { map, timer } from 'rxjs';
import { foldedRows, type Row } from '../attention/folded-rows';
import { FoldedRow } from './folded-row';
import { NotificationItem } from './notification-item';
import type { InboxItem } from './store/inbox-item';
import { InboxStore } from './store/inbox-store';
import { TestNotification } from './test-notification';

/** Drawn at once, and more on request: so that a long list stays quick. */
const SHOWN_AT_ONCE = 50;

@Component({
  selector: 'app-inbox-page',
  imports: [FoldedRow, MatButton, MatIcon, NotificationItem, RouterLink, TestNotification],
  templateUrl: './inbox-page.html',
  styleUrl: './inbox-page.scss',
})
export class InboxPage {
  protected readonly store = inject(InboxStore);
  protected readonly now = toSignal(timer(0, 30_000).pipe(map(() => Date.now())), { initialValue: Date.now() });
  readonly #limit = signal(SHOWN_AT_ONCE);

  readonly #rows = computed(() => foldedRows(this.store.items()));
  protected readonly shown = computed(() => this.#rows().slice(0, this.#limit()));
  protected readonly hasMore = computed(() => this.#rows().length > this.#limit() || this.store.hasOlder());
  /** Keys of the floods that the person has opened. */
  protected readonly opened = signal<ReadonlySet<string>>(new Set());
  /** Also during each new attempt, until one succeeds: the notice must not flicker. */
  protected readonly isOffline = linkedSignal<ReturnType<InboxStore['connection']>, boolean>({
    source: this.store.connection,
    computation: ({ state }, previous) => state === 'waiting' || (state === 'connecting' && previous?.value === true),
  });

  protected toggle(key: string): void {
    this.opened.update((opened) => (opened.has(key) ? new Set([...opened].filter((one) => one !== key)) : new Set([...opened, key])));
  }

  protected isLate(row: Row<InboxItem> | undefined): boolean {
    if (row === undefined) return false;
    return row.kind === 'one' ? row.item.isLate : row.items.some(({ isLate }) => isLate);
  }

  protected showOlder(): void {
    this.#limit.update((limit) => limit + SHOWN_AT_ONCE);
    if (this.#rows().length < this.#limit()) void this.store.loadOlder();
  }
}
