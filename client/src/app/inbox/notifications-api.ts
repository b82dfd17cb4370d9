import { ServerAddress } from '#app/platform/server-address';
import { isRefused, refusalOf } from '#app/refusal/refusal';
import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import type { InboxApi, Selection } from '@herald/client/inbox';
import type {
  InboxChanged,
  InboxFilter,
  InboxItem,
  InboxPage,
  Notification,
  NotificationDraft,
  ScheduledNotification,
  StateChange,
} from '@herald/protocol';
import { firstValueFrom } from 'rxjs';
import { SendKeys } from './send-keys';

const PATH = '/api/notifications';

/** Requests about notifications. */
@Injectable({ providedIn: 'root' })
export class NotificationsApi implements InboxApi {
  readonly #http = inject(HttpClient);
  readonly #server = inject(ServerAddress);
  readonly #sendKeys = new SendKeys();
  readonly isRefused = isRefused;

  page(filter: InboxFilter, before: string | null, limit: number): Promise<InboxPage> {
    const params = { ...parametersOf(filter), limit, ...(before === null ? {} : { before }) };
    return firstValueFrom(this.#http.get<InboxPage>(this.#server.http(PATH), { params }));
  }

  one(id: string): Promise<InboxItem> {
    return firstValueFrom(this.#http.get<InboxItem>(this.#server.http(`${PATH}/${encodeURIComponent(id)}`)));
  }

  change(selection: Selection, change: StateChange): Promise<InboxChanged> {
    return firstValueFrom(
      this.#http.post<InboxChanged>(this.#server.http(`${PATH}/state`), { ...selection, ...change }),
    );
  }

  /** Answers a notification, by `acknowledge` or `actions/0`. */
  answer(id: string, by: string): Promise<InboxItem> {
    return firstValueFrom(
      this.#http.post<InboxItem>(this.#server.http(`${PATH}/${encodeURIComponent(id)}/${by}`), null),
    );
  }

  /**
   * Sends a draft, or schedules it if it has `deliverAt`. Repeating a draft whose first try got no answer sends it only once.
   * @throws Refused
   */
  async send(draft: NotificationDraft): Promise<Notification | ScheduledNotification> {
    const headers = { 'Idempotency-Key': this.#sendKeys.keyOf(draft) };
    try {
      const answer = await firstValueFrom(
        this.#http.post<Notification | ScheduledNotification>(this.#server.http(`${PATH}/send`), draft, { headers }),
      );
      this.#sendKeys.forget(draft);
      return answer;
    } catch (error) {
      if (isRefused(error)) this.#sendKeys.forget(draft);
      throw await refusalOf(
        error,
        $localize`:@@store.sentUnknown:The server did not answer. This may or may not have been sent. Try again: unchanged, it is sent only once.`,
      );
    }
  }
}

function parametersOf({ priority, ...filter }: InboxFilter): Record<string, string | boolean> {
  return { ...filter, ...(priority === undefined ? {} : { priority: priority.join(',') }) };
}
