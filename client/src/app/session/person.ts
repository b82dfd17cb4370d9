import { computed, inject, Injectable } from '@angular/core';
import { Session } from './session';

/** The signed-in person. Everything that is theirs is provided beside this, and ends with their session. */
@Injectable()
export class Person {
  readonly #session = inject(Session);
  readonly username = this.#session.signedIn()?.username ?? '';
  /** Null once the session is over, or somebody else's: another tab may have signed in before this page has followed. */
  readonly session = computed(() => {
    const current = this.#session.signedIn();
    return current?.username === this.username ? current : null;
  });
}
