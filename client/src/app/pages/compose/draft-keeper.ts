import { forget, readStored, store } from '#app/platform/browser-storage';
import { personalKey } from '#app/platform/personal-keys';
import { Session } from '#app/session/session';
import { computed, inject, Injectable } from '@angular/core';
import { type Draft, isEmpty, parseDraft } from './draft';

/** Largest draft that is kept. The largest that can be sent takes a third of it. */
export const DRAFT_MAX_BYTES = 128 * 1024;

/**
 * The draft of the person who is signed in, in this browser until it is sent or discarded. It is written at every
 * change, so that no end of the page loses it. Where storage is full or blocked, the draft ends with its page.
 */
@Injectable()
export class DraftKeeper {
  readonly #session = inject(Session);
  readonly #username = computed(() => this.#session.signedIn()?.username ?? null);
  /** The page belongs to one person, who may sign out before it closes. */
  readonly #owner = this.#username();
  /** The stored draft is of this page, and not of another tab. */
  #isOurs = false;

  read(): Draft | null {
    const draft = parseDraft(this.#stored() ?? '');
    this.#isOurs = draft !== null;
    return draft;
  }

  /** Forgets an empty draft. A draft that is too large is not kept, and the one before stays. */
  keep(draft: Draft): void {
    const owner = this.#signedIn();
    if (owner === null) return;
    const [key, text] = [personalKey('draft', owner), JSON.stringify(draft)];
    if (!isEmpty(draft)) {
      this.#isOurs = true;
      if (bytesOf(text) <= DRAFT_MAX_BYTES) store(key, text);
    } else if (this.#isOurs) {
      this.#isOurs = false;
      forget(key);
    }
  }

  /** Forgets a draft that was sent, unless another one has taken its place. */
  forgetSent(draft: Draft): void {
    const owner = this.#signedIn();
    if (owner !== null && this.#stored() === JSON.stringify(draft)) forget(personalKey('draft', owner));
  }

  #stored(): string | null {
    const owner = this.#signedIn();
    return owner === null ? null : readStored(personalKey('draft', owner));
  }

  #signedIn(): string | null {
    return this.#username() === this.#owner ? this.#owner : null;
  }
}

/** Browsers store text as UTF-16. */
function bytesOf(text: string): number {
  return 2 * text.length;
}
