import { Spoken } from '#app/a11y/spoken';
import { dayTime } from '#app/i18n/day-time';
import { Answers } from '#app/inbox/answers';
import {
  afterNextRender,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  LOCALE_ID,
  signal,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { Action, InboxItem } from '@herald/protocol';
import { linkHost } from './link-host';

/** `index`: position among the actions; -1 for the notification's own link. */
type Button =
  | { kind: 'link'; index: number; label: string; url: string; host: string }
  | { kind: 'event'; index: number; label: string; isChosen: boolean };

/** Actions beyond reading: answer the sender, confirm, follow the link. The first one stands out. */
@Component({
  selector: 'app-notification-actions',
  imports: [MatButton, Spoken],
  template: `
    @if (item().requiresAck) {
      @if (item().acknowledged) {
        <span class="done" i18n="@@actions.confirmed">Confirmed</span>
      } @else {
        <button matButton="filled" type="button" [disabled]="isBusy()" disabledInteractive i18n="@@actions.confirm" (click)="confirm()">Confirm<span class="visually-hidden">: {{ item().title }}</span></button>
      }
    }
    @if (said() !== '') {
      <span class="answer">
        <span appSpoken>{{ said() }}</span>
        @if (!isChanging()) {
          ·
          <button matButton type="button" class="change" i18n="@@actions.change" (click)="isChanging.set(true)">Change<span class="visually-hidden">: {{ item().title }}</span></button>
        }
      </span>
    }
    @for (button of buttons(); track button.index) {
      @let look = button.index === primary() ? 'filled' : 'outlined';
      @if (button.kind === 'link') {
        <a [matButton]="look" class="link" [href]="button.url" target="_blank" rel="noopener noreferrer"
          >{{ button.label }} <span class="host" dir="ltr">{{ button.host }}</span></a
        >
      } @else {
        <button
          [matButton]="look"
          type="button"
          [class.chosen]="button.isChosen"
          [attr.aria-pressed]="button.isChosen"
          [disabled]="isBusy()"
          disabledInteractive
          (click)="choose(button.index)"
        >
          {{ button.label }}
        </button>
      }
    }
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
    .answer {
      color: var(--ink-soft);
      font-size: 0.875rem;
    }

    .answer {
      flex: 1 0 100%;
      overflow-wrap: anywhere;
    }

    .change {
      padding-inline: 0.375rem;
      min-width: 0;
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
      font-size: 0.8125rem;
      font-weight: 400;
    }

    .problem {
      color: var(--high);
      font-size: 0.8125rem;
    }
  `,
  host: { '[class.none]': '!item().requiresAck && all().length === 0' },
})
export class NotificationActions {
  readonly #answers = inject(Answers);
  readonly #locale = inject(LOCALE_ID);
  readonly item = input.required<InboxItem>();

  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  /** The person wants to replace their answer. */
  protected readonly isChanging = linkedSignal<string, boolean>({
    source: () => [this.item().id, this.item().acted].join(),
    computation: (source, before) => before?.source === source && before.value,
  });
  protected readonly all = computed<Button[]>(() => {
    const { url, actions = [] } = this.item();
    const own = url === undefined ? [] : linkTo(url, $localize`:@@actions.openLink:Open link`, -1);
    return [...actions.flatMap((action, index) => this.#button(action, index)), ...own];
  });
  /** Once an answer is given, one line says which, and the other answers wait until the person wants to change it. */
  protected readonly buttons = computed(() =>
    this.all().filter(({ kind }) => kind === 'link' || this.said() === '' || this.isChanging()),
  );
  /** Index of the button that stands out; none beside a confirmation, or once an answer is given. */
  protected readonly primary = computed(() => {
    const { requiresAck, acknowledged, acted } = this.item();
    const isConfirming = requiresAck === true && acknowledged !== true;
    return isConfirming || acted !== undefined ? undefined : this.all()[0]?.index;
  });
  protected readonly said = computed(() => {
    const { acted: answer, actedAt } = this.item();
    if (answer === undefined || actedAt === undefined) return '';
    const at = new Date(actedAt);
    const isToday = at.toDateString() === new Date().toDateString();
    const time = dayTime(at.getTime(), isToday ? 'today' : 'year', this.#locale);
    return $localize`:@@actions.chose:You chose ${answer}:answer:, ${time}:time:`;
  });

  constructor() {
    const [element, injector] = [inject<ElementRef<HTMLElement>>(ElementRef).nativeElement, inject(Injector)];
    effect(() => {
      // Effects run before the template changes, which removes the button that has the focus.
      this.buttons();
      if (!element.contains(document.activeElement)) return;
      afterNextRender(() => focusIfLost(element), { injector });
    });
  }

  protected confirm(): void {
    void this.#answer(() => this.#answers.acknowledge(this.item().id));
  }

  protected choose(index: number): void {
    void this.#answer(async () => {
      await this.#answers.act(this.item().id, index);
      this.isChanging.set(false);
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

/** Gives the focus to the answer that counts, or to the way to change it. */
function focusIfLost(element: HTMLElement): void {
  if (document.activeElement !== document.body) return;
  element.querySelector<HTMLElement>('.change, [aria-pressed="true"]')?.focus();
}
