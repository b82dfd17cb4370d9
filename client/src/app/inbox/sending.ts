import { refusalOf } from '#app/refusal/refusal';
import { Person } from '#app/session/person';
import { inject, Injectable } from '@angular/core';
import { HeraldApi } from '@herald/client/api';
import type { Notification, NotificationDraft, ScheduledNotification } from '@herald/protocol';
import { SendKeys } from './send-keys';

/** Sends drafts. Repeating a draft whose first try got no answer sends it only once. */
@Injectable()
export class Sending {
  readonly #api = inject(HeraldApi);
  readonly #keys = new SendKeys(inject(Person).username);

  /** Sends a draft, or schedules it if it has `deliverAt`. @throws Refused */
  async send(draft: NotificationDraft): Promise<Notification | ScheduledNotification> {
    try {
      const answer = await this.#api.send(draft, this.#keys.keyOf(draft));
      this.#keys.forget(draft);
      return answer;
    } catch (error) {
      if (this.#api.isRefused(error)) this.#keys.forget(draft);
      throw await refusalOf(
        error,
        $localize`:@@store.sentUnknown:The server did not answer. This may or may not have been sent. Try again: unchanged, it is sent only once.`,
      );
    }
  }
}
