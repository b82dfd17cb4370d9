import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import type { View } from '../../../../../protocol/inbox';

const WORDS: Record<View, { icon: string; title: string; text: string }> = {
  inbox: { icon: 'bell', title: 'Nothing here yet', text: 'Notifications appear the moment they are sent. Send a test to see one.' },
  archived: { icon: 'archive', title: 'Nothing archived', text: 'What you archive leaves the inbox and is kept here.' },
  snoozed: { icon: 'snooze', title: 'Nothing snoozed', text: 'What you snooze waits here, and comes back to the inbox at its time.' },
  all: { icon: 'bell', title: 'Nothing here yet', text: 'Notifications appear the moment they are sent.' },
};
const NARROWED = { icon: 'search', title: 'Nothing matches', text: 'No notification in this view fits the search and the filters.' };
const UNKNOWN = { icon: 'inbox', title: 'Not on this device', text: 'The server can’t be reached, and this browser keeps only the inbox. What is here is shown once it can be.' };
const DONE = { icon: 'check', title: 'All done', text: 'Everything has been archived or snoozed.' };

/** Why there is nothing to see, and what to do about it. */
@Component({
  selector: 'app-empty-list',
  imports: [MatButton, MatIcon],
  template: `
    <mat-icon [svgIcon]="words().icon" aria-hidden="true" />
    <h2>{{ words().title }}</h2>
    <p>{{ words().text }}</p>
    @if (isNarrowed()) {
      <button matButton="outlined" type="button" (click)="cleared.emit()">Clear search and filters</button>
    }
  `,
  styles: `
    :host {
      display: grid;
      align-content: center;
      height: 100%;
      padding: 3rem 1.5rem;
      color: var(--ink-soft);
      text-align: center;
      justify-items: center;
    }

    mat-icon {
      width: 2.5rem;
      height: 2.5rem;
      margin-bottom: 0.75rem;
      color: var(--accent);
    }

    h2 {
      margin-bottom: 0.25rem;
      color: var(--ink);
      font-size: 1.0625rem;
      font-weight: 650;
    }

    p {
      max-width: 22rem;
    }

    button {
      margin-top: 1rem;
    }
  `,
})
export class EmptyList {
  readonly view = input.required<View>();
  readonly isNarrowed = input(false);
  /** There are some, in other views. */
  readonly isDone = input(false);
  /** The server could not be asked, so there may be some. */
  readonly isUnknown = input(false);
  readonly cleared = output();

  protected readonly words = computed(() => {
    if (this.isUnknown()) return UNKNOWN;
    if (this.isNarrowed()) return NARROWED;
    return this.isDone() ? DONE : WORDS[this.view()];
  });
}
