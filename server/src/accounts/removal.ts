import { Injectable } from '@nestjs/common';
import { InboxRepository } from '../repository/inbox-repository.js';
import { PreferencesRepository } from '../repository/preferences-repository.js';
import { ReceiptRepository } from '../repository/receipt-repository.js';
import { ScheduledRepository } from '../repository/scheduled-repository.js';
import { UserRepository } from '../repository/user-repository.js';

/**
 * What it is to remove an account:
 * - its tokens are refused from then on, and its connections closed: whoever accepts a token looks up its account, and
 *   connections follow the repository's event.
 * - what is only its own goes: what it has done with its notifications, its preferences, what it has planned to send,
 *   what it has received.
 * - what it has sent stays, under its name, to those who have it. The name is not given again.
 */
@Injectable()
export class Removal {
  constructor(
    private readonly users: UserRepository,
    private readonly inboxes: InboxRepository,
    private readonly preferences: PreferencesRepository,
    private readonly scheduled: ScheduledRepository,
    private readonly receipts: ReceiptRepository,
  ) {}

  /** @returns false when there is no such account */
  async remove(username: string): Promise<boolean> {
    // First, so that nothing of its own comes in behind.
    if (!(await this.users.remove(username))) return false;
    this.receipts.forget(username);
    await Promise.all([
      this.inboxes.forget(username),
      this.preferences.forget(username),
      this.scheduled.forget(username),
    ]);
    return true;
  }
}
