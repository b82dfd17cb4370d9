import { Icon } from '#app/icon/icon';
import { Shortcuts } from '#app/preferences/shortcuts';
import { Component, ElementRef, inject, input, output, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SEARCH_MAX } from '@herald/protocol';
import { debounceTime, Subject } from 'rxjs';
import { isComposing } from '../keys';

/** Long enough for the next letter, short enough to seem at once. */
const PAUSE_MS = 250;

/** Words to search for; told when typing pauses. */
@Component({
  selector: 'app-search-field',
  imports: [Icon],
  template: `
    <app-icon name="search" />
    <input
      #field
      type="search"
      i18n-aria-label="@@search.label"
      aria-label="Search notifications"
      i18n-placeholder="@@search.placeholder"
      placeholder="Search"
      [maxLength]="max"
      [value]="value()"
      enterkeyhint="search"
      (input)="type($event)"
      (compositionend)="typed.next(field.value)"
      (keydown.escape)="leave($event)"
    />
    @if (shortcuts.isOn()) {
      <kbd aria-hidden="true">/</kbd>
    }
    <button class="empty" type="button" i18n-aria-label="@@search.empty" aria-label="Clear the search" i18n-title="@@search.empty" title="Clear the search" (click)="empty()"><app-icon name="close" /></button>
  `,
  styles: `
    :host {
      position: relative;
      display: flex;
      flex: 1 1 10rem;
      align-items: center;
      color: var(--ink-soft);
    }

    :host > app-icon {
      position: absolute;
      inset-inline-start: 0.625rem;
      width: 1.125rem;
      height: 1.125rem;
      pointer-events: none;
    }

    input {
      width: 100%;
      min-width: 0;
      height: 2.25rem;
      padding-block: 0;
      padding-inline: 2.125rem 2rem;
      border: 1px solid var(--line);
      border-radius: 8px;
      background: var(--card);
      color: var(--ink);
      font: inherit;
    }

    input::placeholder {
      color: var(--ink-soft);
      opacity: 1;
    }

    input:focus-visible {
      outline-offset: -1px;
    }

    kbd {
      position: absolute;
      inset-inline-end: 0.625rem;
      font: inherit;
      font-size: 0.8125rem;
      pointer-events: none;
    }

    input:focus + kbd,
    input:not(:placeholder-shown) + kbd,
    input:placeholder-shown ~ .empty {
      display: none;
    }

    /* The page has a button of its own, in every browser. */
    input::-webkit-search-cancel-button {
      display: none;
    }

    .empty {
      position: absolute;
      inset-inline-end: 0;
      display: grid;
      width: 2.25rem;
      height: 100%;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      cursor: pointer;
      place-items: center;
    }

    .empty app-icon {
      width: 1.125rem;
      height: 1.125rem;
    }

    .empty:focus-visible {
      outline-offset: -2px;
    }

    @media (hover: none) {
      kbd {
        display: none;
      }
    }

    @media (pointer: coarse) {
      /* iOS zooms into a field with smaller letters. */
      input {
        height: 2.75rem;
        font-size: 1rem;
      }

      .empty {
        width: 2.75rem;
      }
    }
  `,
})
export class SearchField {
  readonly value = input('');
  readonly searched = output<string>();

  protected readonly shortcuts = inject(Shortcuts);
  protected readonly max = SEARCH_MAX;
  protected readonly typed = new Subject<string>();
  private readonly field = viewChild.required<ElementRef<HTMLInputElement>>('field');

  constructor() {
    this.typed.pipe(debounceTime(PAUSE_MS), takeUntilDestroyed()).subscribe((text) => this.#search(text));
  }

  focus(): void {
    this.field().nativeElement.select();
  }

  /** Ignores input while an input method composes: it is no word yet. */
  protected type(event: Event): void {
    if (!(event as InputEvent).isComposing) this.typed.next(this.field().nativeElement.value);
  }

  protected empty(): void {
    const field = this.field().nativeElement;
    field.value = '';
    field.focus();
    this.typed.next('');
    this.#search('');
  }

  /** Compares with the current search instead of the last typed text: Back may have ended that search. */
  #search(text: string): void {
    if (text !== this.value()) this.searched.emit(text);
  }

  protected leave(event: Event): void {
    // This Escape ends the composition.
    if (isComposing(event as KeyboardEvent)) return;
    event.preventDefault();
    this.field().nativeElement.blur();
  }
}
