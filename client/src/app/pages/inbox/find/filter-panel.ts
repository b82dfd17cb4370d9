import { PriorityName } from '#app/i18n/priority-name';
import { Component, input, output } from '@angular/core';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatOption, MatSelect } from '@angular/material/select';
import { CATEGORY_MAX, PRIORITIES, type Priority } from '@herald/protocol';
import type { FindParams } from './filter-of';

/** The filters of the list, except unread and the search. */
@Component({
  selector: 'app-filter-panel',
  imports: [MatFormField, MatInput, MatLabel, MatOption, MatSelect, PriorityName],
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
      <input #category matInput [maxLength]="categoryMax" [value]="params().category ?? ''" (change)="changed.emit({ category: category.value.trim() })" />
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic">
      <mat-label i18n="@@filter.topic">Topic</mat-label>
      <input #topic matInput [value]="params().topic ?? ''" (change)="changed.emit({ topic: topic.value.trim() })" />
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic" floatLabel="always">
      <mat-label i18n="@@filter.from">From</mat-label>
      <input #from matInput type="date" [value]="params().from ?? ''" (change)="changed.emit({ from: from.value })" />
    </mat-form-field>
    <mat-form-field appearance="outline" subscriptSizing="dynamic" floatLabel="always">
      <mat-label i18n="@@filter.to">To</mat-label>
      <input #to matInput type="date" [value]="params().to ?? ''" (change)="changed.emit({ to: to.value })" />
    </mat-form-field>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(8.25rem, 1fr));
      gap: 0.75rem;
    }

    mat-form-field {
      min-width: 0;
    }

    @media (max-width: 599px) {
      mat-form-field:first-child {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class FilterPanel {
  readonly params = input.required<FindParams>();
  /** The changed filter; an empty string removes it. */
  readonly changed = output<FindParams>();

  protected readonly priorities = PRIORITIES;
  protected readonly categoryMax = CATEGORY_MAX;

  protected chosen(): string[] {
    return this.params().priority?.split(',') ?? [];
  }

  protected choose(priorities: Priority[]): void {
    this.changed.emit({ priority: priorities.join(',') });
  }
}
