import { AppendTotals } from './append-totals.js';
import type { AppRepository } from './app-repository.js';
import type { AppTemplateRepository } from './app-template-repository.js';
import type { InboxRepository } from './inbox-repository.js';
import type { NotificationRepository } from './notification-repository.js';
import type { Peers } from './peers.js';
import type { PreferencesRepository } from './preferences-repository.js';
import type { ReceiptRepository } from './receipt-repository.js';
import type { RequestRepository } from './request-repository.js';
import type { ScheduledRepository } from './scheduled-repository.js';
import type { UserRepository } from './user-repository.js';

/** Most notifications, and most other entries, by their number; and bytes of both together. */
export interface HistoryLimits {
  readonly count: number;
  readonly bytes: number;
}

/**
 * The one store of a process, and its parts. They share it, so what has to hold together is one transaction: a
 * notification with its recipients, the one it replaces and the request it was sent by; a scheduled notification that
 * becomes a sent one; preferences and the entry that reports them; the removal of an account or app with its data. No part is
 * used before `open` has resolved, or after `close` was called.
 */
export abstract class Store {
  /** Name of the stored data. A store in memory gets a new name at each start; a durable one keeps its name. */
  abstract readonly id: string;
  /** Whether other processes may use the same store at the same time. */
  abstract readonly isShared: boolean;
  abstract readonly peers: Peers;
  /** Tells the operator where the data is, without secrets. */
  abstract readonly place: string;
  /** Tells the operator why the store may lose what it has confirmed; undefined if it loses nothing. */
  readonly risk: string | undefined = undefined;
  abstract readonly apps: AppRepository;
  abstract readonly templates: AppTemplateRepository;
  abstract readonly notifications: NotificationRepository;
  abstract readonly inboxes: InboxRepository;
  abstract readonly preferences: PreferencesRepository;
  abstract readonly receipts: ReceiptRepository;
  abstract readonly requests: RequestRepository;
  abstract readonly scheduled: ScheduledRepository;
  abstract readonly users: UserRepository;
  /** Figures for operations. They stay 0 if each append is a commit of its own. */
  readonly appends = new AppendTotals();

  /** Resolves once the store may be used. Rejects with the reason if it can't be. */
  abstract open(): Promise<void>;
  /** Resolves once everything that was stored before is safe, and all resources are released. */
  abstract close(): Promise<void>;
  /** Whether requests would succeed now. Never rejects. */
  abstract isReady(): Promise<boolean>;

  /**
   * Removes an account with its marks, preferences, scheduled notifications, requests, receipts, answers and apps.
   * Notifications that it sent stay with their recipients, under its name, which is never given to another.
   * @returns false if there is no such account
   */
  abstract removeAccount(username: string): Promise<boolean>;

  /**
   * Removes an app with its templates, scheduled notifications and requests. Notifications that it sent stay with their recipients.
   * @returns false if there is no such app
   */
  abstract removeApp(id: number): Promise<boolean>;
}
