import { Spoken } from '#app/a11y/spoken';
import { InboxStore } from '#app/inbox/inbox-store';
import { Sending } from '#app/inbox/sending';
import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { PRIORITIES, userChannel } from '@herald/protocol';

/** Sends the person a notification to try the whole way, one priority after the other. */
@Component({
  selector: 'app-test-notification',
  imports: [MatButton, Spoken],
  template: `
    <button matButton="outlined" type="button" i18n="@@test.send" (click)="send($event)">Send test notification</button>
    <p class="problem" appSpoken="assertive">{{ problem() }}</p>
  `,
  styles: `
    .problem {
      max-width: 20rem;
      color: var(--high);
      font-size: 0.8125rem;
    }
  `,
})
export class TestNotification {
  readonly #sending = inject(Sending);
  readonly #username = inject(InboxStore).username;
  #sent = 0;
  #isBusy = false;
  protected readonly problem = signal('');

  protected async send({ detail }: MouseEvent): Promise<void> {
    // A double click counts once, and so does a click while the last one has no answer.
    if (detail > 1 || this.#isBusy) return;
    this.#isBusy = true;
    const priority = PRIORITIES[this.#sent % PRIORITIES.length] ?? 'high';
    try {
      await this.#sending.send({
        title: $localize`:@@test.title:Test notification`,
        message: $localize`:@@test.message:This is a test notification!`,
        priority,
        category: 'test',
        audience: [userChannel(this.#username)],
      });
      this.#sent += 1;
      this.problem.set('');
    } catch (error) {
      this.problem.set(error instanceof Error ? error.message : String(error));
    } finally {
      this.#isBusy = false;
    }
  }
}
