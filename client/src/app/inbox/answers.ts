import { refusalOf } from '#app/refusal/refusal';
import { inject, Injectable } from '@angular/core';
import { HeraldApi } from '@herald/client/api';

/** Sends a person's answers. Every tab, including this one, learns of them from the server's entry. */
@Injectable()
export class Answers {
  readonly #api = inject(HeraldApi);

  /** Confirms that a notification was seen. @throws Error with a sentence */
  acknowledge(id: string): Promise<void> {
    return this.#try(() => this.#api.acknowledge(id));
  }

  /** Chooses an action that is an event, counted from 0. @throws Error with a sentence */
  act(id: string, index: number): Promise<void> {
    return this.#try(() => this.#api.act(id, index));
  }

  async #try(answer: () => Promise<unknown>): Promise<void> {
    try {
      await answer();
    } catch (error) {
      throw new Error(
        (await refusalOf(error, $localize`:@@store.notAnswered:The server can’t be reached. Try again in a moment.`))
          .message,
        { cause: error },
      );
    }
  }
}
