import { Component, computed, input, output, signal, viewChild } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { FilterPanel } from './filter-panel';
import type { FindParams } from './filter-of';
import { SearchField } from './search-field';

const NAMES = { priority: 'Priority', category: 'Category', topic: 'Topic', from: 'From', to: 'To' } as const;

/** Search, filters, and what is narrowed just now. */
@Component({
  selector: 'app-filter-bar',
  imports: [FilterPanel, MatButton, MatIcon, MatIconButton, SearchField],
  template: `
    <div class="line">
      <app-search-field [value]="params().q ?? ''" (searched)="changed.emit({ q: $event })" />
      <button class="toggle" type="button" [attr.aria-pressed]="isUnread()" (click)="changed.emit({ unread: isUnread() ? '' : 'true' })">Unread</button>
      <button matIconButton type="button" aria-label="Filters" title="Filters" [attr.aria-expanded]="isOpen()" (click)="isOpen.set(!isOpen())">
        <mat-icon svgIcon="filter" />
      </button>
      <button matIconButton type="button" aria-label="Saved filters" title="Saved filters" (click)="saved.emit()">
        <mat-icon svgIcon="bookmark" />
      </button>
    </div>
    @if (isOpen()) {
      @defer (on immediate) {
        <app-filter-panel [params]="params()" (changed)="changed.emit($event)" />
      }
    }
    @if (narrowed().length > 0) {
      <div class="chips">
        @for (one of narrowed(); track one.name) {
          <button class="chip" type="button" [attr.aria-label]="'Remove filter: ' + one.label" (click)="changed.emit(one.without)">
            {{ one.label }}<mat-icon svgIcon="close" />
          </button>
        }
        <button matButton type="button" (click)="cleared.emit()">Clear</button>
      </div>
    }
  `,
  styleUrl: './filter-bar.scss',
})
export class FilterBar {
  readonly params = input.required<FindParams>();
  /** The part that is otherwise from now on; empty for no longer. */
  readonly changed = output<FindParams>();
  readonly cleared = output();
  /** The saved filters are asked for. */
  readonly saved = output();

  protected readonly isOpen = signal(false);
  protected readonly isUnread = computed(() => this.params().unread === 'true');
  protected readonly narrowed = computed(() =>
    (Object.keys(NAMES) as (keyof typeof NAMES)[]).flatMap((name) => {
      const value = this.params()[name];
      return value ? [{ name, label: `${NAMES[name]}: ${value.replaceAll(',', ', ')}`, without: { [name]: '' } }] : [];
    }),
  );
  private readonly search = viewChild.required(SearchField);

  focusSearch(): void {
    this.search().focus();
  }
}
