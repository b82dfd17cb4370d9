import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { PRIORITIES } from '../../../../protocol/notification';
import { Spoken } from '../speech/spoken';
import { InboxStore } from './store/inbox-store';

/** Sends a notification to try the whole way, one priority after the other. */
@Component({
  selector: 'app-test-notification',
  imports: [MatButton, Spoken],
  template: `
    <button matButton="outlined" type="button" i18n="@@test.send" (click)="send()">Send test notification</button>
    <p class="problem" appSpoken="assertive">{{ problem() }}</p>
  `,
  styles: `
    button {
      width: 100%;
    }

    @media (max-width: 599px) {
      button {
        padding: 0 1rem;
      }
    }

    .problem {
      max-width: 20rem;
      color: var(--high);
      font-size: 0.8125rem;
    }
  `,
})
export class TestNotification {
  readonly #store = inject(InboxStore);
  #sent = 0;
  protected readonly problem = signal('');

  protected async send(): Promise<void> {
    const priority = PRIORITIES[this.#sent % PRIORITIES.length] ?? 'high';
    try {
      await this.#store.send({
        title: $localize`:@@test.title:Test notification`,
        message: $localize`:@@test.message:This is a test notification!`,
        priority,
        category: 'test',
      });
      this.#sent += 1;
      this.problem.set('');
    } catch (error) {
      this.problem.set(error instanceof Error ? error.message : String(error));
    }
  }
}
