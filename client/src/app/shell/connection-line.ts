import { InboxStore } from '#app/inbox/inbox-store';
import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { stoppedInWords } from './stopped-in-words';
import { tickingNow } from './ticking-now';

/** Shows the state of the connection in a few words. */
@Component({
  selector: 'app-connection-line',
  imports: [MatButton],
  template: `
    <span class="dot" [class]="status().state" aria-hidden="true"></span>
    <span class="text" aria-hidden="true">@if (status().state === 'waiting') {<span class="wide" i18n="@@connection.offline">Offline. </span>}{{ text() }}</span>
    @if (status().state === 'waiting') {
      <button matButton type="button" i18n="@@connection.retry" (click)="store.connectNow()">Retry now</button>
    }
    <!-- For who reads here instead of looking: without the countdown. -->
    <span class="visually-hidden words">{{ inWords() }}</span>
  `,
  styleUrl: './connection-line.scss',
})
export class ConnectionLine {
  protected readonly store = inject(InboxStore);
  protected readonly status = this.store.connection;
  readonly #now = tickingNow(250);

  protected readonly text = computed(() => {
    const status = this.status();
    const behind = this.store.catchingUp();
    if (status.state === 'live' && behind !== null)
      return $localize`:@@connection.behind:Catching up, ${behind}:count: to go`;
    if (status.state !== 'waiting') return this.inWords();
    const seconds = Math.ceil((status.until - this.#now()) / 1000);
    return seconds > 0 ? $localize`:@@connection.retrying:Retrying in ${seconds}:seconds: s` : connecting();
  });

  protected readonly inWords = computed(() => {
    const status = this.status();
    switch (status.state) {
      case 'live':
        return this.store.catchingUp() === null
          ? $localize`:@@connection.live:Live`
          : $localize`:@@connection.catchingUp:Catching up`;
      case 'connecting':
        return connecting();
      case 'waiting':
        return $localize`:@@connection.waiting:Offline. Trying again soon`;
      case 'signed-out':
        return $localize`:@@connection.signedOut:Signed out`;
      case 'stopped':
        return stoppedInWords();
    }
  });
}

function connecting(): string {
  return $localize`:@@connection.connecting:Connecting…`;
}
