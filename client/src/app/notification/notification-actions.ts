import { Spoken } from '#app/a11y/spoken';
import { Answers } from '#app/inbox/answers';
import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Action, InboxItem } from '@herald/protocol';
import { linkHost } from './link-host';

/** `index`: position among the actions; -1 for the notification's own link. */
type Button =
  | { kind: 'link'; index: number; label: string; url: string; host: string }
  | { kind: 'event'; index: number; label: string; isChosen: boolean };

/** Actions beyond reading: follow the link, answer the sender, confirm. */
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
      @if (button.kind === 'link') {
        <a matButton="outlined" class="link" [href]="button.url" target="_blank" rel="noopener noreferrer"
          >{{ button.label }} <span class="host" dir="ltr">{{ button.host }}</span></a
        >
      } @else {
        <button matButton="outlined" type="button" [class.chosen]="button.isChosen" [attr.aria-pressed]="button.isChosen" [disabled]="isBusy()" (click)="choose(button.index)">
          {{ button.label }}
        </button>
      }
    }
    <span class="said" appSpoken>{{ said() }}</span>
    <span class="problem" appSpoken="assertive">{{ problem() }}</span>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      /* Fingers reach beyond a button: the rows keep their reach apart. */
      gap: 0.75rem 0.5rem;
      align-items: center;
      margin-top: 0.5rem;
    }

    :host(.none) {
      display: none;
    }

    .done,
    .said {
      color: var(--ink-soft);
      font-size: 0.875rem;
    }

    .said:empty {
      display: none;
    }

    .chosen {
      border-color: var(--accent);
      background: var(--accent-soft);
    }

    /* All of a long host is shown: its end says whose it is. */
    .link {
      max-width: 100%;
      height: auto;
      min-height: 2.25rem;
      padding-block: 0.25rem;
      border-radius: 1.25rem;
      overflow-wrap: anywhere;
      white-space: normal;
    }

    .host {
      margin-inline-start: 0.25rem;
      color: var(--ink-soft);
      font-size: 0.8125rem;
      font-weight: 400;
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
  /** The answer that the person's last answer replaced. */
  readonly #before = linkedSignal<string, string | null>({
    source: () => this.item().id,
    computation: (id, last) => (last?.source === id ? last.value : null),
  });
  protected readonly buttons = computed<Button[]>(() => {
    const { url, actions = [] } = this.item();
    const own = url === undefined ? [] : linkTo(url, $localize`:@@actions.openLink:Open link`, -1);
    return [...own, ...actions.flatMap((action, index) => this.#button(action, index))];
  });
  protected readonly said = computed(() => {
    const [answer, before] = [this.item().acted, this.#before()];
    if (answer === undefined) return '';
    // The response to the change arrives before its entry.
    if (before === null || before === answer) return $localize`:@@actions.chose:You chose ${answer}:answer:`;
    return $localize`:@@actions.choseInstead:You chose ${answer}:answer: instead of ${before}:before:`;
  });

  protected confirm(): void {
    void this.#answer(() => this.#answers.acknowledge(this.item().id));
  }

  protected choose(index: number): void {
    const { id, acted = null, actions = [] } = this.item();
    void this.#answer(async () => {
      await this.#answers.act(id, index);
      if (acted !== null && acted !== actions[index]?.label) this.#before.set(acted);
    });
  }

  #button(action: Action, index: number): Button[] {
    const { label } = action;
    if ('url' in action) return linkTo(action.url, label, index);
    return [{ kind: 'event', index, label, isChosen: this.item().acted === label }];
  }

  async #answer(send: () => Promise<void>): Promise<void> {
    // The second click of a double click can arrive before the button is disabled.
    if (this.isBusy()) return;
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

/** No link for an address that the page does not open. */
function linkTo(url: string, label: string, index: number): Button[] {
  const host = linkHost(url);
  return host === null ? [] : [{ kind: 'link', index, label, url, host }];
}
