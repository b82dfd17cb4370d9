import { Injectable, signal } from '@angular/core';
import { EMPTY, type Observable } from 'rxjs';
import type { Notification, NotificationDraft } from '../../../../../protocol/notification';
import type { ConnectionStatus } from '../../connection/connection-status';

export interface InboxItem extends Notification {
  isRead: boolean;
}

/** The inbox of who is signed in, live. API only; being written. */
@Injectable({ providedIn: 'root' })
export class InboxStore {
  /** Newest first, as far as they were loaded. */
  readonly items = signal<readonly InboxItem[]>([]).asReadonly();
  readonly unreadCount = signal(0).asReadonly();
  /** Of the first page. */
  readonly loading = signal<'loading' | 'ready' | 'failed'>('loading').asReadonly();
  readonly hasOlder = signal(false).asReadonly();
  readonly isLoadingOlder = signal(false).asReadonly();
  /** Notifications still to come after a reconnect; null when caught up. */
  readonly catchingUp = signal<number | null>(null).asReadonly();
  readonly connection = signal<ConnectionStatus>({ state: 'connecting' }).asReadonly();
  /** What arrived since the page was opened, in batches, newest last; for the toasts. Not the first page. */
  readonly arrivals: Observable<readonly InboxItem[]> = EMPTY;

  /** Loads the first page again after a failure. */
  reload(): void {
    return;
  }

  loadOlder(): void {
    return;
  }

  markRead(_id: string): void {
    return;
  }

  markAllRead(): void {
    return;
  }

  /** @throws SendRefused */
  send(_draft: NotificationDraft): Promise<Notification> {
    return Promise.reject(new Error('being written'));
  }

  /** Connects at once instead of waiting. */
  connectNow(): void {
    return;
  }
}
