import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import type { InboxPage } from '../../../../../protocol/inbox';
import type { Notification, NotificationDraft } from '../../../../../protocol/notification';
import { ServerAddress } from '../../config/server-address';
import { refusalOf } from './refusal';
import { SendRefused } from './send-refused';

const PAGE_SIZE = 50;
const UNREACHABLE = 'The server can’t be reached. Nothing was sent; try again in a moment.';

/** The requests about notifications. */
@Injectable({ providedIn: 'root' })
export class NotificationsApi {
  readonly #http = inject(HttpClient);
  readonly #server = inject(ServerAddress);

  /** @param before `nextCursor` of the page before; null for the newest */
  page(before: string | null): Promise<InboxPage> {
    const params = { limit: PAGE_SIZE, ...(before === null ? {} : { before }) };
    return firstValueFrom(this.#http.get<InboxPage>(this.#server.http('/api/notifications'), { params }));
  }

  /** @throws SendRefused */
  async send(draft: NotificationDraft): Promise<Notification> {
    try {
      const url = this.#server.http('/api/notifications/send');
      return await firstValueFrom(this.#http.post<Notification>(url, draft));
    } catch (error) {
      const { message, fields } = refusalOf(error, UNREACHABLE);
      throw new SendRefused(message, fields);
    }
  }
}
