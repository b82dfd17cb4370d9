import { forget, readStored, store } from '#app/platform/browser-storage';
import { personalKey } from '#app/platform/personal-keys';
import { Person } from '#app/session/person';
import { inject, Injectable } from '@angular/core';
import { type Draft, isEmpty, parseDraft } from './draft';

/** Largest draft that is kept. The largest that can be sent takes a third of it. */
export const DRAFT_MAX_BYTES = 128 * 1024;

/**
 * The draft of the person who is signed in, in this browser until it is sent or discarded. It is written at every
 * change, so that no end of the page loses it. Where storage is full or blocked, the draft ends with its page.
 */
@Injectable()
export class DraftKeeper {
  readonly #key = personalKey('draft', inject(Person).username);
  /** The stored draft is of this page, and not of another tab. */
  #isOurs = false;

  read(): Draft | null {
    const draft = parseDraft(readStored(this.#key) ?? '');
    this.#isOurs = draft !== null;
    return draft;
  }

  /** Forgets an empty draft. A draft that is too large is not kept, and the one before stays. */
  keep(draft: Draft): void {
    const text = JSON.stringify(draft);
    if (!isEmpty(draft)) {
      this.#isOurs = true;
      if (bytesOf(text) <= DRAFT_MAX_BYTES) store(this.#key, text);
    } else if (this.#isOurs) {
      this.#isOurs = false;
      forget(this.#key);
    }
  }

  /** Forgets a draft that was sent, unless another one has taken its place. */
  forgetSent(draft: Draft): void {
    if (readStored(this.#key) === JSON.stringify(draft)) forget(this.#key);
  }
}

/** Browsers store text as UTF-16. */
function bytesOf(text: string): number {
  return 2 * text.length;
}
