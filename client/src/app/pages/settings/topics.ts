import { focusAfterRemoval } from '#app/a11y/focus-after-removal';
import { LiveRegion } from '#app/a11y/live-region';
import { Spoken } from '#app/a11y/spoken';
import { MembershipStore } from '#app/membership/membership-store';
import { refusalOf } from '#app/refusal/refusal';
import { UndoBar } from '#app/undo/undo-bar';
import { Component, computed, inject, Injector, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatAutocompleteModule } from '@angular/material/autocomplete';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { HeraldApi } from '@herald/client/api';
import { TOPIC_MAX } from '@herald/protocol';
import { catchError, debounceTime, EMPTY, from, Subject, switchMap } from 'rxjs';

const TYPING_MS = 150;

/** Topics that the person follows. Each change applies at once. */
@Component({
  selector: 'app-topics',
  imports: [MatAutocompleteModule, MatButton, MatFormFieldModule, MatInput, Spoken],
  template: `
    <p class="hint" i18n="@@topics.hint">Notifications to a topic reach everyone who follows it.</p>
    <p class="problem" appSpoken="assertive">{{ problem() }}</p>
    @if (membership.topics(); as topics) {
      <ul #list i18n-aria-label="@@topics.label" aria-label="Topics that you follow">
        @for (topic of topics; track topic) {
          <li>
            <span class="name">{{ topic }}</span>
            <button matButton type="button" i18n-ariaLabel="@@topics.leaveOne" ariaLabel="Leave: {{ topic }}" i18n="@@topics.leave" (click)="$event.detail < 2 && leave(topic, $index, list, name)">Leave</button>
          </li>
        } @empty {
          <li class="hint" i18n="@@topics.none">You don’t follow any topics yet.</li>
        }
      </ul>
    }
    <form class="add" (submit)="$event.preventDefault(); follow(name)">
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label i18n="@@topics.another">Another topic</mat-label>
        <input #name matInput autocapitalize="none" autocomplete="off" spellcheck="false" [maxLength]="max" [matAutocomplete]="offer" (click)="asked.next(name.value)" (input)="asked.next(name.value)" />
        <mat-autocomplete #offer="matAutocomplete">
          @for (topic of offers(); track topic) {
            <mat-option [value]="topic">{{ topic }}</mat-option>
          }
        </mat-autocomplete>
      </mat-form-field>
      <button matButton="outlined" type="submit" i18n="@@topics.follow">Follow</button>
    </form>
  `,
  styleUrl: './named-rows.scss',
})
export class Topics {
  protected readonly membership = inject(MembershipStore);
  readonly #liveRegion = inject(LiveRegion);
  readonly #injector = inject(Injector);
  readonly #bar = inject(UndoBar);
  protected readonly max = TOPIC_MAX;
  protected readonly problem = signal('');
  /** Part of a name, as typed. */
  protected readonly asked = new Subject<string>();
  readonly #found = signal<readonly string[]>([]);
  /** Topics that the person may see and does not follow. */
  protected readonly offers = computed(() =>
    this.#found().filter((topic) => this.membership.topics()?.includes(topic) !== true),
  );

  constructor() {
    const api = inject(HeraldApi);
    this.asked
      .pipe(
        debounceTime(TYPING_MS),
        switchMap((part) => from(api.recipients(part)).pipe(catchError(() => EMPTY))),
        takeUntilDestroyed(),
      )
      .subscribe(({ topics }) => this.#found.set(topics));
  }

  protected async follow(name: HTMLInputElement): Promise<void> {
    const topic = name.value.trim();
    if (topic === '' || !(await this.#try(() => this.membership.followTopic(topic)))) return;
    name.value = '';
    this.#liveRegion.announce($localize`:@@topics.followed:You follow ${topic}:topic:`);
  }

  protected async leave(topic: string, index: number, list: HTMLElement, name: HTMLElement): Promise<void> {
    if (!(await this.#try(() => this.membership.unfollowTopic(topic)))) return;
    // The focus may move to the field, where no list should open unasked.
    this.#found.set([]);
    focusAfterRemoval(list, index, name, this.#injector);
    await this.#bar.offer($localize`:@@topics.left:You left ${topic}:topic:`, () => this.membership.followTopic(topic));
  }

  async #try(work: () => Promise<void>): Promise<boolean> {
    this.problem.set('');
    try {
      await work();
      return true;
    } catch (error) {
      const { message, fields } = await refusalOf(
        error,
        $localize`:@@topics.unreachable:The server did not answer, so this may not have been saved. Try again in a moment.`,
      );
      this.problem.set(fields[0]?.reason ?? message);
      return false;
    }
  }
}
