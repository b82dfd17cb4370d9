import { Face } from '#app/icon/face';
import { Icon } from '#app/icon/icon';
import { COMMA, ENTER, SPACE } from '@angular/cdk/keycodes';
import {
  Component,
  computed,
  DestroyRef,
  effect,
  type ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { toObservable, toSignal } from '@angular/core/rxjs-interop';
import type { FormControl } from '@angular/forms';
import { MatAutocompleteModule, MatAutocompleteTrigger } from '@angular/material/autocomplete';
import { MatChipGrid, MatChipsModule } from '@angular/material/chips';
import type { MatOption } from '@angular/material/core';
import { MatFormFieldModule } from '@angular/material/form-field';
import { map, startWith, switchMap } from 'rxjs';
import { wordsIn } from './words-in';

/** Suggested values of one kind. */
export interface Offers {
  /** Name of the kind; empty if there is only one. */
  name: string;
  values: readonly string[];
}

const itself = (word: string): string => word;

/** Words as chips, each once, with suggestions. A change by the person makes the control dirty. */
@Component({
  selector: 'app-chips-field',
  imports: [Face, Icon, MatAutocompleteModule, MatChipsModule, MatFormFieldModule],
  templateUrl: './chips-field.html',
  styleUrl: './chips-field.scss',
  host: {
    '(click)': 'enter($event)',
    '(document:mousedown)': 'keepFocus($event)',
    '(document:pointerdown)': 'press()',
    '(document:pointerup)': 'release()',
    '(document:pointercancel)': 'release()',
  },
})
export class ChipsField {
  /** Its error `server` holds the server's reason. */
  readonly control = input.required<FormControl<string[]>>();
  readonly label = input.required<string>();
  /** Accessible name of the chips, if it differs from the label. */
  readonly chipsLabel = input<string>();
  readonly hint = input.required<string>();
  readonly offers = input.required<readonly Offers[]>();
  readonly inWords = input<(value: string) => string>(itself);
  /** Name of the person that a value stands for, whose face is shown; null for anything else. */
  readonly personIn = input<(value: string) => string | null>(() => null);
  /** Maps a typed word to its value. */
  readonly meant = input<(word: string) => string>(itself);
  /** The word being typed; empty when the field receives focus or a word has ended. */
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
  readonly #destroyRef = inject(DestroyRef);
  /** A pointer is down anywhere on the page. */
  #isPressed = false;
  /** The field has lost the focus to that press, and still holds a word. */
  #isLeft = false;
  /** The person moves through the suggestions by keyboard. */
  readonly #isChoosing = signal(false);
  /** Suggestions that are not chosen yet, without empty kinds. New ones wait while the person moves through those shown. */
  protected readonly offered = linkedSignal<{ fresh: Offers[]; isChoosing: boolean }, Offers[]>({
    source: () => ({ fresh: this.#freshOffers(), isChoosing: this.#isChoosing() }),
    computation: ({ fresh, isChoosing }, shown) => (isChoosing && shown !== undefined ? shown.value : fresh),
  });

  constructor() {
    effect(() => {
      // Bound to the control itself, the grid would set it, and so clear its error, on every blur.
      this.grid().errorState = this.error() !== null;
      this.grid().stateChanges.next();
    });
  }

  /** Adds the word that is still being typed. */
  commit(): void {
    const words = wordsIn(this.field().nativeElement.value).map((word) => this.meant()(word));
    this.#clear();
    if (words.length > 0) this.#set([...this.control().value, ...words]);
    this.#closeList();
  }

  protected activated(option: MatOption | null): void {
    this.#isChoosing.set(option !== null);
  }

  protected entered(text: string): void {
    this.typed.emit(text);
    // Removing the last chip or a refusal moved the focus here.
    if (this.#hasLostAll || this.error() !== null) this.#closeList();
    this.#hasLostAll = false;
  }

  /** A press beside the chips is meant for the input; Material would select the first chip. */
  protected enter({ target }: Event): void {
    const part = target instanceof Element ? target.closest('mat-chip-row, .mat-mdc-text-field-wrapper') : null;
    if (part?.matches('.mat-mdc-text-field-wrapper') === true) this.field().nativeElement.focus();
  }

  /** Choosing a suggestion leaves the focus in the field, so that each blur means that the person has moved on. */
  protected keepFocus(event: Event): void {
    const { panel } = this.trigger().autocomplete;
    if ((panel as ElementRef<HTMLElement> | undefined)?.nativeElement.contains(event.target as Node))
      event.preventDefault();
  }

  /** Mobile keyboards fire no useful keydown, so separators are detected in the text. */
  protected type(text: string): void {
    this.#isChoosing.set(false);
    if (/[\s,]$/.test(text)) this.commit();
    else this.typed.emit(text);
  }

  protected left(): void {
    // The window has lost the focus, not the field.
    if (document.activeElement === this.field().nativeElement) return;
    this.#closeList();
    // New chips may move the button under the pointer, so that it would miss its click.
    if (this.#isPressed) this.#isLeft = true;
    else this.commit();
  }

  protected press(): void {
    this.#isPressed = true;
  }

  protected release(): void {
    this.#isPressed = false;
    if (!this.#isLeft) return;
    this.#isLeft = false;
    // The click follows in this turn of the event loop.
    setTimeout(() => {
      if (!this.#destroyRef.destroyed) this.commit();
    });
  }

  protected end(): void {
    // Enter on a suggestion chooses it.
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

  #freshOffers(): Offers[] {
    const chosen = new Set(this.chosen());
    return this.offers()
      .map(({ name, values }) => ({ name, values: values.filter((value) => !chosen.has(value)) }))
      .filter(({ values }) => values.length > 0);
  }

  /** An open list covers the fields below. The same event may open it after this call. */
  #closeList(): void {
    queueMicrotask(() => this.trigger().closePanel());
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
