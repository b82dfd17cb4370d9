import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { InboxItem } from '../../../../protocol/inbox';
import { isWebUrl } from '../../../../protocol/notification';
import { Answers } from '../inbox/store/answers';
import { Spoken } from '../speech/spoken';

interface Button {
  label: string;
  /** Of a link; undefined for an event. */
  url?: string;
  /** Place among the actions, for an event. */
  index: number;
}

/** What a person can do with a notification beyond reading it: follow its link, answer its sender, confirm it. */
@Component({
  selector: 'app-notification-actions',
  imports: [MatButton, Spoken],
  template: `
    @if (item().requiresAck) {
      @if (item().acknowledged) {
        <span class="done" i18n="@@actions.confirmed">Confirmed</span>
      } @else {
        <button matButton="filled" type="button" [disabled]="isBusy()" i18n="@@actions.confirm" (click)="confirm()">Confirm<span class="visually-hidden">: {{ item().title }}</span></button>
      }
    }
    @for (button of buttons(); track button.index) {
      @if (button.url) {
        <a matButton="outlined" [href]="button.url" target="_blank" rel="noopener noreferrer">{{ button.label }}</a>
      } @else if (item().acted === button.label) {
        <span class="done" i18n="@@actions.done">{{ button.label }}: done</span>
      } @else {
        <button matButton="outlined" type="button" [disabled]="isBusy()" (click)="choose(button.index)">{{ button.label }}</button>
      }
    }
    <span class="problem" appSpoken="assertive">{{ problem() }}</span>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 0.375rem 0.5rem;
      align-items: center;
      margin-top: 0.5rem;
    }

    :host(.none) {
      display: none;
    }

    .done {
      color: var(--ink-soft);
      font-size: 0.875rem;
    }

    .problem {
      color: var(--high);
      font-size: 0.8125rem;
    }
  `,
  host: { '[class.none]': '!item().requiresAck && buttons().length === 0' },
})
export class NotificationActions {
  readonly #answers = inject(Answers);
  readonly item = input.required<InboxItem>();

  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  protected readonly buttons = computed<Button[]>(() => {
    const { url, actions = [] } = this.item();
    const buttons: Button[] = actions.map((action, index) => ({ label: action.label, index, ...('url' in action && { url: action.url }) }));
    const all: Button[] = url === undefined ? buttons : [{ label: $localize`:@@actions.openLink:Open link`, url, index: -1 }, ...buttons];
    return all.filter((button) => button.url === undefined || isWebUrl(button.url));
  });

  protected confirm(): void {
    void this.#answer(() => this.#answers.acknowledge(this.item().id));
  }

  protected choose(index: number): void {
    void this.#answer(() => this.#answers.act(this.item().id, index));
  }

  async #answer(send: () => Promise<void>): Promise<void> {
    this.isBusy.set(true);
    this.problem.set('');
    try {
      await send();
    } catch (error) {
      this.problem.set(error instanceof Error ? error.message : String(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
