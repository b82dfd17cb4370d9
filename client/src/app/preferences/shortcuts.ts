import { forget, readStored, store } from '#app/platform/browser-storage';
import { personalKey } from '#app/platform/personal-keys';
import { Session } from '#app/session/session';
import { computed, inject, Injectable, linkedSignal } from '@angular/core';

/**
 * Whether keys of one character are shortcuts (WCAG 2.2, 2.1.4). A choice of the person in this browser and not one of
 * their preferences: it depends on how they type or speak at this device.
 */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  readonly #session = inject(Session);
  readonly #key = computed(() => personalKey('shortcuts', this.#session.signedIn()?.username ?? ''));
  readonly #isOn = linkedSignal(() => readStored(this.#key()) !== 'off');

  readonly isOn = this.#isOn.asReadonly();

  turn(isOn: boolean): void {
    this.#isOn.set(isOn);
    if (isOn) forget(this.#key());
    else store(this.#key(), 'off');
  }
}
