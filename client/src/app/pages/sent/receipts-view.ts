import { Spoken } from '#app/a11y/spoken';
import { Count } from '#app/i18n/count';
import { refusalOf } from '#app/refusal/refusal';
import { Component, effect, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { HeraldApi } from '@herald/client/api';
import type { PersonalReceipt, Receipts } from '@herald/protocol';

/** Receipts of one notification, as of now. */
@Component({
  selector: 'app-receipts-view',
  imports: [Count, MatButton, Spoken],
  template: `
    @if (receipts(); as all) {
      <p i18n="@@receipts.sums">
        {{ all.delivered | count }} of {{ all.recipients | count }} received it, {{ all.read | count }} read it, {{ all.acted | count }} answered,
        {{ all.acknowledged | count }} confirmed.
      </p>
      @if (all.choices.length > 0) {
        <ul class="choices" i18n-aria-label="@@receipts.choices" aria-label="Answers">
          @for (choice of all.choices; track $index) {
            <li>{{ choice.label }} (<code>{{ choice.event }}</code>): {{ choice.count | count }}</li>
          }
        </ul>
      }
      <ul i18n-aria-label="@@receipts.people" aria-label="People">
        @for (person of all.people; track person.username) {
          <li><strong>{{ person.username }}</strong> {{ inWords(person) }}</li>
        }
      </ul>
    }
    <p class="problem" appSpoken="assertive">{{ problem() }}</p>
    <button matButton type="button" i18n="@@receipts.again" (click)="load()">Refresh</button>
  `,
  styles: `
    :host {
      display: block;
      font-size: 0.875rem;
    }

    ul {
      margin: 0.25rem 0 0;
      padding-inline-start: 1.25rem;
    }

    button {
      margin-inline-start: -0.75rem;
    }

    .problem {
      color: var(--high);
    }
  `,
})
export class ReceiptsView {
  readonly #api = inject(HeraldApi);
  readonly id = input.required<string>();
  protected readonly receipts = signal<Receipts | null>(null);
  protected readonly problem = signal('');

  constructor() {
    effect(() => {
      this.id();
      void this.load();
    });
  }

  protected async load(): Promise<void> {
    try {
      this.receipts.set(await this.#api.receipts(this.id()));
      this.problem.set('');
    } catch (error) {
      this.problem.set(
        (await refusalOf(error, $localize`:@@receipts.unreachable:The server can’t be reached. Try again in a moment.`))
          .message,
      );
    }
  }

  protected inWords({ delivered, read, acted, answers = [], acknowledged }: PersonalReceipt): string {
    const words = [reached(delivered, read)];
    // All answers in order; the last one counts.
    const chosen =
      answers.length > 1 ? answers.map(({ label }) => label).join($localize`:@@receipts.then:, then `) : acted;
    if (chosen !== null) words.push($localize`:@@receipts.chose:chose ${chosen}:answer:`);
    if (acknowledged) words.push($localize`:@@receipts.confirmed:confirmed`);
    return words.join(', ');
  }
}

function reached(delivered: boolean, read: boolean): string {
  if (read) return $localize`:@@receipts.read:read`;
  return delivered ? $localize`:@@receipts.received:received` : $localize`:@@receipts.notYet:not yet`;
}
