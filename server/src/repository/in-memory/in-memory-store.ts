import { randomUUID } from 'node:crypto';
import { NoPeers } from '../peers.js';
import { ticketsOf } from '../request-repository.js';
import { Store } from '../store.js';
import { InMemoryAppRepository } from './in-memory-app-repository.js';
import { InMemoryAppTemplateRepository } from './in-memory-app-template-repository.js';
import { InMemoryInboxRepository } from './in-memory-inbox-repository.js';
import { InMemoryNotificationRepository } from './in-memory-notification-repository.js';
import { InMemoryPreferencesRepository } from './in-memory-preferences-repository.js';
import { InMemoryReceiptRepository } from './in-memory-receipt-repository.js';
import { InMemoryRequestRepository } from './in-memory-request-repository.js';
import { InMemoryScheduledRepository } from './in-memory-scheduled-repository.js';
import { InMemoryUserRepository } from './in-memory-user-repository.js';

/** Keeps everything for as long as the process lives. Each transaction is one turn of the event loop. */
export class InMemoryStore extends Store {
  override readonly id = randomUUID();
  override readonly isShared = false;
  override readonly peers = new NoPeers();
  override readonly place = 'in memory: a restart forgets everything (DATABASE_URL=memory:)';
  override readonly notifications: InMemoryNotificationRepository;
  override readonly inboxes: InMemoryInboxRepository;
  override readonly preferences: InMemoryPreferencesRepository;
  override readonly receipts: InMemoryReceiptRepository;
  override readonly requests = new InMemoryRequestRepository();
  override readonly scheduled: InMemoryScheduledRepository;
  override readonly users = new InMemoryUserRepository();
  override readonly apps = new InMemoryAppRepository(this.users);
  override readonly templates = new InMemoryAppTemplateRepository(this.apps);
  #isOpen = false;

  /**
   * @param historyLimit most notifications, and most other entries
   * @param historyBytes approximate memory for both
   */
  constructor(historyLimit: number, historyBytes?: number) {
    super();
    this.notifications = new InMemoryNotificationRepository(historyLimit, historyBytes, this.requests);
    this.inboxes = new InMemoryInboxRepository(this.notifications);
    this.preferences = new InMemoryPreferencesRepository(this.notifications);
    this.receipts = new InMemoryReceiptRepository(this.notifications, this.users.audiences);
    this.scheduled = new InMemoryScheduledRepository(this.notifications, this.requests);
  }

  override open(): Promise<void> {
    this.#isOpen = true;
    return Promise.resolve();
  }

  override close(): Promise<void> {
    this.#isOpen = false;
    return Promise.resolve();
  }

  override isReady(): Promise<boolean> {
    return Promise.resolve(this.#isOpen);
  }

  override removeAccount(username: string): Promise<boolean> {
    if (!this.users.remove(username)) return Promise.resolve(false);
    this.receipts.forget(username);
    this.inboxes.forget(username);
    this.preferences.forget(username);
    this.scheduled.forget(username);
    for (const sender of [username, ticketsOf(username)]) this.requests.forget(sender);
    for (const id of this.apps.ownedBy(username)) this.#removeApp(id);
    return Promise.resolve(true);
  }

  override removeApp(id: number): Promise<boolean> {
    return Promise.resolve(this.#removeApp(id));
  }

  #removeApp(id: number): boolean {
    const name = this.apps.remove(id);
    if (name === undefined) return false;
    this.templates.forget(id);
    this.scheduled.forget(name);
    this.requests.forget(name);
    return true;
  }
}
