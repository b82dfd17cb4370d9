import { Injectable } from '@nestjs/common';
import { InboxRepository } from '../repository/inbox-repository.js';
import { PreferencesRepository } from '../repository/preferences-repository.js';
import { ReceiptRepository } from '../repository/receipt-repository.js';
import { ScheduledRepository } from '../repository/scheduled-repository.js';
import { UserRepository } from '../repository/user-repository.js';

/**
 * Removes an account:
 * - Its tokens are refused and its connections closed at once: each check of a token looks up the account, and
 *   connections follow the repository's event.
 * - Its private data is deleted: marks, preferences, scheduled notifications and receipts.
 * - Notifications that it sent stay with their recipients, under its name. The name is never reused.
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

  /** @returns false if the account does not exist */
  async remove(username: string): Promise<boolean> {
    // First, so that the account can't add data behind the deletions below.
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
