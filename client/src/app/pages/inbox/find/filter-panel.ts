import { PriorityName } from '#app/i18n/priority-name';
import { InboxStore } from '#app/inbox/inbox-store';
import { MembershipStore } from '#app/membership/membership-store';
import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { CATEGORY_MAX, NAME_MAX, PRIORITIES, type Priority, TOPIC_MAX } from '@herald/protocol';
import type { FindParams } from './filter-of';
import { suggestionsIn } from './suggestions';

/** The filters of the list, except unread and the search. */
@Component({
  selector: 'app-filter-panel',
  imports: [MatButton, MatFormField, MatInput, MatLabel, MatOption, MatSelect, PriorityName],
  template: `
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@filter.priority">Priority</mat-label>
      <mat-select multiple [value]="chosen()" (valueChange)="choose($event)">
        @for (priority of priorities; track priority) {
          <mat-option class="priority" [value]="priority">{{ priority | priorityName }}</mat-option>
        }
      </mat-select>
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@filter.category">Category</mat-label>
      <input #category matInput list="filter-categories" autocapitalize="off" enterkeyhint="done" [maxLength]="categoryMax" [value]="params().category ?? ''" (change)="changed.emit({ category: category.value.trim() })" />
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@filter.topic">Topic</mat-label>
      <input #topic matInput list="filter-topics" autocapitalize="off" enterkeyhint="done" [maxLength]="topicMax" [value]="params().topic ?? ''" (change)="changed.emit({ topic: topic.value.trim() })" />
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@filter.sender">From</mat-label>
      <input #sender matInput list="filter-senders" autocapitalize="off" enterkeyhint="done" [maxLength]="nameMax" [value]="params().sender ?? ''" (change)="changed.emit({ sender: sender.value.trim() })" />
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic" floatLabel="always">
      <mat-label i18n="@@filter.after">After</mat-label>
      <input #after matInput type="date" [value]="params().after ?? ''" (change)="changed.emit({ after: after.value })" />
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic" floatLabel="always">
      <mat-label i18n="@@filter.before">Before</mat-label>
      <input #before matInput type="date" [value]="params().before ?? ''" (change)="changed.emit({ before: before.value })" />
    </mat-form-field>
    @for (list of lists(); track list.id) {
      <datalist [id]="list.id">
        @for (word of list.words; track word) {
          <option [value]="word"></option>
        }
      </datalist>
    }
    <button matButton="filled" class="done" type="button" i18n="@@filter.done" (click)="done.emit()">Done</button>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(max(8.25rem, 30%), 1fr));
      gap: 0.75rem;
    }

    mat-form-field {
      min-width: 0;
    }

    .done {
      display: none;
    }

    /* Its list begins below the screen, and so does the button that opened it when the keyboard is shown. */
    @media (max-width: 599px) {
      .done {
        display: block;
        grid-column: 1 / -1;
        justify-self: end;
      }
    }
  `,
})
export class FilterPanel {
  readonly params = input.required<FindParams>();
  /** The changed filter; an empty string removes it. */
  readonly changed = output<FindParams>();
  readonly done = output();

  readonly #store = inject(InboxStore);
  readonly #membership = inject(MembershipStore);
  protected readonly priorities = PRIORITIES;
  protected readonly categoryMax = CATEGORY_MAX;
  protected readonly nameMax = NAME_MAX;
  protected readonly topicMax = TOPIC_MAX;
  readonly #suggestions = computed(() => suggestionsIn(this.#store.loaded(), this.#membership.topics() ?? []));
  protected readonly lists = computed(() => [
    { id: 'filter-categories', words: this.#suggestions().categories },
    { id: 'filter-topics', words: this.#suggestions().topics },
    { id: 'filter-senders', words: this.#suggestions().senders },
  ]);

  protected chosen(): string[] {
    return this.params().priority?.split(',') ?? [];
  }

  protected choose(priorities: Priority[]): void {
    this.changed.emit({ priority: priorities.join(',') });
  }
}
