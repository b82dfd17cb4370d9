import { LiveRegion, type Politeness } from '#app/a11y/live-region';
import { InboxStore } from '#app/inbox/inbox-store';
import { effect, inject, Injectable } from '@angular/core';
import { stoppedInWords } from './stopped-in-words';

/** Announces when the connection is lost and when it is back, but not the attempts between. */
@Injectable()
export class ConnectionAnnouncements {
  readonly #store = inject(InboxStore);
  readonly #liveRegion = inject(LiveRegion);
  #last = live();

  constructor() {
    effect(() => {
      const status = this.#store.connection();
      if (status.state === 'waiting') this.#announce($localize`:@@connection.waiting:Offline. Trying again soon`);
      else if (status.state === 'stopped') this.#announce(stoppedInWords(), 'assertive');
      else if (status.state === 'live')
        this.#announce(this.#store.catchingUp() === null ? live() : $localize`:@@connection.catchingUp:Catching up`);
    });
  }

  #announce(text: string, politeness?: Politeness): void {
    if (text === this.#last) return;
    this.#last = text;
    this.#liveRegion.announce(text, politeness);
  }
}

function live(): string {
  return $localize`:@@connection.live:Live`;
}
