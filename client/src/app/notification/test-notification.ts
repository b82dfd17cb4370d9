import { Spoken } from '#app/a11y/spoken';
import { Icon } from '#app/icon/icon';
import { Sending } from '#app/inbox/sending';
import { Component, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { PRIORITIES } from '@herald/protocol';

/** Sends a notification to try the whole way, one priority after the other. */
@Component({
  selector: 'app-test-notification',
  imports: [MatButton, Icon, Spoken],
  template: `
    <button matButton="outlined" type="button" [class.alone]="isAlone()" i18n-title="@@test.send" title="Send test notification" (click)="send($event)">
      <app-icon matButtonIcon name="bell" /><span class="words" i18n="@@test.send">Send test notification</span>
    </button>
    <p class="problem" appSpoken="assertive">{{ problem() }}</p>
  `,
  styles: `
    button {
      width: 100%;
      padding: 0 0.75rem;
    }

    button > app-icon.mat-icon {
      display: none;
    }

    @container (max-width: 29rem) {
      button:not(.alone) {
        min-width: 2.75rem;
        padding: 0 0.625rem;
        border-color: transparent;
      }

      button:not(.alone) > app-icon.mat-icon {
        display: block;
        width: 1.5rem;
        height: 1.5rem;
        margin: 0;
      }

      button:not(.alone) .words {
        position: absolute;
        clip-path: inset(50%);
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
  /** There is nothing to see yet: also on a narrow page it says in words what it does. */
  readonly isAlone = input(false);
  readonly #sending = inject(Sending);
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
