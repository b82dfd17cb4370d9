import { COMMA, ENTER, SPACE } from '@angular/cdk/keycodes';
import { Component, computed, effect, type ElementRef, input, output, viewChild } from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { FormControl } from '@angular/forms';
import { MatAutocompleteModule, MatAutocompleteTrigger } from '@angular/material/autocomplete';
import { MatChipGrid, MatChipsModule } from '@angular/material/chips';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIcon } from '@angular/material/icon';
import { map, startWith, switchMap } from 'rxjs';
import { wordsIn } from './words-in';

/** Values of one kind, as they are offered. */
export interface Offers {
  /** Of the kind; empty where there is only one. */
  name: string;
  values: readonly string[];
}

const itself = (word: string): string => word;

/** Several words as chips, each once, with some to choose from. What the person changes makes the control dirty. */
@Component({
  selector: 'app-chips-field',
  imports: [MatAutocompleteModule, MatChipsModule, MatFormFieldModule, MatIcon],
  templateUrl: './chips-field.html',
  styleUrl: './chips-field.scss',
})
export class ChipsField {
  /** The server's reason is its error `server`. */
  readonly control = input.required<FormControl<string[]>>();
  readonly label = input.required<string>();
  /** Of the chips, for those who listen, where it is another. */
  readonly chipsLabel = input<string>();
  readonly hint = input.required<string>();
  readonly offers = input.required<readonly Offers[]>();
  readonly inWords = input<(value: string) => string>(itself);
  /** The value that a typed word stands for. */
  readonly meant = input<(word: string) => string>(itself);
  /** The word that is being typed; empty when the field was entered, or a word has ended. */
  readonly typed = output<string>();

  private readonly grid = viewChild.required(MatChipGrid);
  private readonly trigger = viewChild.required(MatAutocompleteTrigger);
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');
  protected readonly separators = [ENTER, COMMA, SPACE];
  readonly #state = toSignal(
    toObservable(this.control).pipe(
      switchMap((control) =>
        control.events.pipe(
          startWith(null),
          map(() => stateOf(control)),
        ),
      ),
    ),
    { initialValue: { values: [] as readonly string[], error: null as string | null } },
  );
  protected readonly chosen = computed(() => this.#state().values);
  protected readonly error = computed(() => this.#state().error);
  #hasLostAll = false;
  /** Without what was chosen; kinds of which nothing is left are left out. */
  protected readonly offered = computed(() => {
    const chosen = new Set(this.chosen());
    return this.offers()
      .map(({ name, values }) => ({ name, values: values.filter((value) => !chosen.has(value)) }))
      .filter(({ values }) => values.length > 0);
  });

  constructor() {
    effect(() => {
      // Bound to the control itself, the grid would set it anew, and clear its error, whenever the focus leaves.
      this.grid().errorState = this.error() !== null;
      this.grid().stateChanges.next();
    });
  }

  /** Takes what was typed and not ended yet. */
  commit(): void {
    const words = wordsIn(this.field().nativeElement.value).map((word) => this.meant()(word));
    this.#clear();
    if (words.length > 0) this.#set([...this.control().value, ...words]);
  }

  protected entered(text: string): void {
    this.typed.emit(text);
    // The focus came with the removal of the last chip, or with a refusal: nobody has asked for a list, which would cover what is below.
    if (this.#hasLostAll || this.error() !== null) queueMicrotask(() => this.trigger().closePanel());
    this.#hasLostAll = false;
  }

  /** The keys of a phone are not told, only what they bring. */
  protected type(text: string): void {
    if (/[\s,]$/.test(text)) this.commit();
    else this.typed.emit(text);
  }

  protected left(): void {
    // Whoever clicks on an offer leaves the field as well.
    if (!this.trigger().panelOpen) this.commit();
  }

  protected end(): void {
    // Enter on an offer chooses that.
    if (this.trigger().activeOption === null || !this.trigger().panelOpen) this.commit();
  }

  protected choose(value: string): void {
    this.#clear();
    this.#set([...this.control().value, value]);
  }

  protected remove(value: string): void {
    this.#set(this.control().value.filter((one) => one !== value));
    this.#hasLostAll = this.control().value.length === 0;
  }

  #set(values: readonly string[]): void {
    this.control().markAsDirty();
    this.control().setValue([...new Set(values)]);
  }

  #clear(): void {
    if (this.field().nativeElement.value === '') return;
    this.field().nativeElement.value = '';
    this.typed.emit('');
  }
}

function stateOf(control: FormControl<string[]>): { values: readonly string[]; error: string | null } {
  return { values: control.value, error: control.touched ? (control.getError('server') as string | null) : null };
}
