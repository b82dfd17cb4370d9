import { forget, readStored, store } from '#app/platform/browser-storage';
import { personalKey } from '#app/platform/personal-keys';
import { Person } from '#app/session/person';
import { inject, Injectable, signal } from '@angular/core';

/**
 * Whether keys of one character are shortcuts (WCAG 2.2, 2.1.4). A choice of the person in this browser and not one of
 * their preferences: it depends on how they type or speak at this device.
 */
@Injectable()
export class Shortcuts {
  readonly #key = personalKey('shortcuts', inject(Person).username);
  readonly #isOn = signal(readStored(this.#key) !== 'off');

  readonly isOn = this.#isOn.asReadonly();

  turn(isOn: boolean): void {
    this.#isOn.set(isOn);
    if (isOn) forget(this.#key);
    else store(this.#key, 'off');
  }
}
