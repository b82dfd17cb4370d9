import { Spoken } from '#app/a11y/spoken';
import { Icon } from '#app/icon/icon';
import { InboxStore } from '#app/inbox/inbox-store';
import { MembershipStore } from '#app/membership/membership-store';
import { refusalOf } from '#app/refusal/refusal';
import { Component, computed, DestroyRef, inject, input, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { HeraldApi, HeraldError } from '@herald/client/api';
import type { InboxItem } from '@herald/client/inbox';
import type { App } from '@herald/protocol';
import {
  catchError,
  distinctUntilChanged,
  exhaustMap,
  filter,
  map,
  merge,
  type Observable,
  skip,
  startWith,
  type Subscription,
  take,
  timer,
} from 'rxjs';
import { receivesAll } from './receives-all';

const POLL_MS = 2000;
/** A tab that is left open must not ask for ever. */
const GIVE_UP_MS = 10 * 60_000;

/** Sign that the key works: a message that has arrived, or that the key was used. */
type Sign = { kind: 'message'; item: InboxItem } | { kind: 'use'; from: string };
/** End of the wait: a sign, a final refusal of the server, or neither for a long time. */
type Outcome = Sign | { kind: 'refusal'; reason: string } | { kind: 'nothing' };

/** Waits on request until the program has used its key, and shows what arrived. */
@Component({
  selector: 'app-first-message',
  imports: [Icon, MatButton, Spoken],
  template: `
    <button matButton="outlined" type="button" (click)="isWaiting() ? stop() : wait()">
      @if (isWaiting()) {
        <span i18n="@@firstMessage.stop">Stop waiting</span>
      } @else if (app().scope === 'read') {
        <span i18n="@@firstMessage.waitForUse">Wait for the first use</span>
      } @else {
        <span i18n="@@firstMessage.wait">Wait for the first message</span>
      }
    </button>
    <div appSpoken>
      @if (isWaiting()) {
        <p class="waiting" i18n="@@firstMessage.waiting">Waiting. Try it now.</p>
      } @else if (outcome(); as one) {
        @switch (one.kind) {
          @case ('message') {
            <p class="works"><app-icon name="check" /><span i18n="@@firstMessage.arrived">It works. This has arrived:</span></p>
            <div class="message">
              <h3 dir="auto">{{ one.item.title }}</h3>
              <p dir="auto">{{ one.item.message }}</p>
            </div>
          }
          @case ('use') {
            <p class="works"><app-icon name="check" /><span i18n="@@firstMessage.used">It works. The key was used from {{ one.from }}.</span></p>
          }
          @case ('refusal') {
            <p class="waiting">{{ one.reason }}</p>
          }
          @case ('nothing') {
            <p class="waiting" i18n="@@firstMessage.nothing">No sign of the program in 10 minutes. Wait again when you’re ready to try it.</p>
          }
        }
      }
    </div>
  `,
  styleUrl: './first-message.scss',
})
export class FirstMessage {
  readonly app = input.required<App>();
  readonly #api = inject(HeraldApi);
  readonly #store = inject(InboxStore);
  readonly #membership = inject(MembershipStore);
  readonly #destroyed = inject(DestroyRef);
  readonly #waiting = signal<Subscription | null>(null);
  protected readonly isWaiting = computed(() => this.#waiting() !== null);
  protected readonly outcome = signal<Outcome | null>(null);
  #hasWorked = false;

  protected wait(): void {
    this.outcome.set(null);
    const waiting = this.#outcomes()
      .pipe(take(1), takeUntilDestroyed(this.#destroyed))
      .subscribe((outcome) => {
        this.outcome.set(outcome);
        this.#hasWorked ||= outcome.kind === 'message' || outcome.kind === 'use';
        this.#waiting.set(null);
      });
    this.#waiting.set(waiting);
  }

  protected stop(): void {
    this.#waiting()?.unsubscribe();
    this.#waiting.set(null);
  }

  #outcomes(): Observable<Outcome> {
    const signs = this.#arrives() ? this.#messages() : merge(this.#messages(), this.#uses());
    const refused = async (error: unknown): Promise<Outcome> => {
      const { message } = await refusalOf(error, '');
      return { kind: 'refusal', reason: message };
    };
    const nothing = timer(GIVE_UP_MS).pipe(map((): Outcome => ({ kind: 'nothing' })));
    return merge(signs.pipe(catchError(refused)), nothing);
  }

  /** Whether each message of the app comes to this person. */
  #arrives(): boolean {
    const [roles, topics] = [this.#membership.roles(), this.#membership.topics() ?? []];
    return receivesAll({ username: this.#store.username, roles, topics }, this.app());
  }

  #messages(): Observable<Sign> {
    return this.#store.arrivals.pipe(
      map(({ items }) => items.find(({ sender }) => sender === this.app().name)),
      filter((item) => item !== undefined),
      map((item): Sign => ({ kind: 'message', item })),
    );
  }

  /** Asks on while the server does not answer, and pauses while the tab is hidden. Fails once the server refuses. */
  #uses(): Observable<Sign> {
    const { id } = this.app();
    const asked = timer(0, POLL_MS).pipe(
      filter(() => document.visibilityState === 'visible'),
      exhaustMap(() => this.#api.app(id).catch(unlessFinal)),
      filter((app) => app !== undefined),
    );
    // A use since the key was shown counts, too, unless it has been told already.
    const known = this.#hasWorked ? asked : asked.pipe(startWith(this.app()));
    return known.pipe(
      distinctUntilChanged((one, next) => one.lastUsedAt === next.lastUsedAt),
      skip(1),
      map(({ lastUsedFrom = '' }): Sign => ({ kind: 'use', from: lastUsedFrom })),
    );
  }
}

/** @throws a refusal that would be the same the next time */
function unlessFinal(error: unknown): undefined {
  if (error instanceof HeraldError && error.isFinal) throw error;
}
