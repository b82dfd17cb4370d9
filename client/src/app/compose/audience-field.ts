import { COMMA, ENTER, SPACE } from '@angular/cdk/keycodes';
import { Component, computed, effect, type ElementRef, inject, input, signal, viewChild } from '@angular/core';
import { takeUntilDestroyed, toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { FormControl } from '@angular/forms';
import { MatAutocompleteModule, MatAutocompleteTrigger } from '@angular/material/autocomplete';
import { MatChipGrid, MatChipsModule } from '@angular/material/chips';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIcon } from '@angular/material/icon';
import { catchError, debounce, EMPTY, from, map, startWith, switchMap, timer } from 'rxjs';
import { EVERYONE } from '../../../../protocol/channels';
import type { Recipients } from '../../../../protocol/recipients';
import { wordsIn } from '../forms/words-in';
import { channelInWords } from '../language/channel-words';
import { channelMeant, groupsOf } from './recipient';
import { RecipientsApi } from './recipients-api';

const TYPING_MS = 150;
const NOBODY: Recipients = { everyone: false, users: [], roles: [], topics: [] };

/** Whom a notification is for: chips, with names to choose from. It starts with everyone for who may send to everyone. */
@Component({
  selector: 'app-audience-field',
  imports: [MatAutocompleteModule, MatChipsModule, MatFormFieldModule, MatIcon],
  templateUrl: './audience-field.html',
  styleUrl: './audience-field.scss',
})
export class AudienceField {
  /** Names of channels. The server's reason is its error `server`. */
  readonly control = input.required<FormControl<string[]>>();
  readonly #api = inject(RecipientsApi);
  private readonly grid = viewChild.required(MatChipGrid);
  private readonly trigger = viewChild.required(MatAutocompleteTrigger);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  protected readonly separators = [ENTER, COMMA, SPACE];
  protected readonly inWords = channelInWords;
  protected readonly part = signal('');
  protected readonly offered = signal(NOBODY);
  /** Counts the times that the field was entered: who may be sent to may have changed. */
  readonly #entered = signal(0);
  readonly #state = toSignal(
    toObservable(this.control).pipe(switchMap((control) => control.events.pipe(startWith(null), map(() => stateOf(control))))),
    { initialValue: { value: [] as readonly string[], error: null as string | null } },
  );
  protected readonly chosen = computed(() => this.#state().value);
  protected readonly error = computed(() => this.#state().error);
  protected readonly groups = computed(() => groupsOf(this.offered(), this.part(), this.chosen()));
  #hasBegun = false;

  constructor() {
    toObservable(computed(() => ({ part: this.part(), entered: this.#entered() })))
      .pipe(
        debounce(({ part }) => timer(part === '' ? 0 : TYPING_MS)),
        // Without an answer what was offered stays; the next letter asks again.
        switchMap(({ part }) => from(this.#api.find(part)).pipe(catchError(() => EMPTY))),
        takeUntilDestroyed(),
      )
      .subscribe((offered) => this.#take(offered));
    effect(() => {
      // Bound to the control itself, the grid would set it anew, and clear its error, whenever the focus leaves.
      this.grid().errorState = this.error() !== null;
      this.grid().stateChanges.next();
    });
  }

  /** Takes what was typed and not ended yet. */
  commit(): void {
    const typed = wordsIn(this.field().nativeElement.value).map((word) => channelMeant(word, this.offered()));
    this.#clear();
    if (typed.length > 0) this.#set([...this.control().value, ...typed]);
  }

  protected type(part: string): void {
    // Whoever names somebody does not mean everyone, also before the first answer.
    this.#hasBegun = true;
    this.part.set(part);
  }

  protected look(): void {
    this.#entered.update((times) => times + 1);
  }

  protected left(): void {
    // Whoever clicks on an offer leaves the field as well.
    if (!this.trigger().panelOpen) this.commit();
  }

  protected end(): void {
    // Enter on an offer chooses that.
    if (this.trigger().activeOption === null || !this.trigger().panelOpen) this.commit();
  }

  protected choose(channel: string): void {
    this.#clear();
    this.#set([...this.control().value, channel]);
  }

  protected remove(channel: string): void {
    this.#set(this.control().value.filter((one) => one !== channel));
  }

  #set(channels: readonly string[]): void {
    this.#hasBegun = true;
    this.control().setValue([...new Set(channels)]);
  }

  #clear(): void {
    this.field().nativeElement.value = '';
    this.part.set('');
  }

  #take(offered: Recipients): void {
    this.offered.set(offered);
    if (!this.#hasBegun && offered.everyone) this.#set([EVERYONE]);
  }
}

function stateOf(control: FormControl<string[]>): { value: readonly string[]; error: string | null } {
  return { value: control.value, error: control.touched ? (control.getError('server') as string | null) : null };
}
