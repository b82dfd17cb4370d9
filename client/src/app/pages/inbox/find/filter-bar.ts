import { Count } from '#app/i18n/count';
import { priorityName } from '#app/i18n/priority-name';
import { Icon } from '#app/icon/icon';
import { Component, computed, ElementRef, inject, input, LOCALE_ID, output, signal, viewChild } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { PRIORITIES } from '@herald/protocol';
import type { FindParams } from './filter-of';
import { FilterPanel } from './filter-panel';
import { SearchField } from './search-field';

/** Search, filters, and what is narrowed just now. */
@Component({
  selector: 'app-filter-bar',
  imports: [Count, FilterPanel, MatButton, Icon, MatIconButton, SearchField],
  template: `
    <div class="line">
      <app-search-field [value]="params().q ?? ''" (searched)="changed.emit({ q: $event })" />
      <button class="toggle" type="button" [attr.aria-pressed]="isUnread()" i18n="@@filter.unread" (click)="changed.emit({ unread: isUnread() ? '' : 'true' })">Unread</button>
      <button #opener matIconButton type="button" i18n-aria-label="@@filter.filters" aria-label="Filters" i18n-title="@@filter.filters" title="Filters" [attr.aria-expanded]="isOpen()" (click)="isOpen.set(!isOpen())">
        <app-icon name="filter" />
      </button>
      <button matIconButton type="button" i18n-aria-label="@@filter.saved" aria-label="Saved filters" i18n-title="@@filter.saved" title="Saved filters" (click)="saved.emit()">
        <app-icon name="bookmark" />
      </button>
    </div>
    @if (isOpen()) {
      @defer (on immediate) {
        <app-filter-panel [params]="params()" (changed)="changed.emit($event)" (done)="close()" />
      }
    }
    @if (narrowed().length > 0 || unconfirmed() > 0 || isUnconfirmed()) {
      <div class="chips">
        @if (unconfirmed() > 0 || isUnconfirmed()) {
          <button class="toggle" type="button" [attr.aria-pressed]="isUnconfirmed()" (click)="changed.emit({ unconfirmed: isUnconfirmed() ? '' : 'true' })">
            <ng-container i18n="@@filter.unconfirmed">To confirm</ng-container>&ngsp;<span class="number">{{ unconfirmed() | count }}</span>
          </button>
        }
        @for (one of narrowed(); track one.name) {
          <button class="chip" type="button" i18n-ariaLabel="@@filter.remove" ariaLabel="Remove filter: {{ one.label }}" (click)="changed.emit(one.without)">
            {{ one.label }}<app-icon name="close" />
          </button>
        }
        @if (narrowed().length > 0) {
          <button matButton type="button" i18n="@@filter.clear" (click)="cleared.emit()">Clear</button>
        }
      </div>
    }
  `,
  styleUrl: './filter-bar.scss',
})
export class FilterBar {
  readonly params = input.required<FindParams>();
  /** How many must be confirmed: with some, a button lists them. */
  readonly unconfirmed = input(0);
  /** The part that is otherwise from now on; empty for no longer. */
  readonly changed = output<FindParams>();
  readonly cleared = output();
  /** The saved filters are asked for. */
  readonly saved = output();

  readonly #locale = inject(LOCALE_ID);
  readonly #names = [
    ['priority', $localize`:@@filter.priority:Priority`],
    ['category', $localize`:@@filter.category:Category`],
    ['topic', $localize`:@@filter.topic:Topic`],
    ['sender', $localize`:@@filter.sender:From`],
    ['after', $localize`:@@filter.after:After`],
    ['before', $localize`:@@filter.before:Before`],
  ] as const;
  protected readonly isOpen = signal(false);
  protected readonly isUnread = computed(() => this.params().unread === 'true');
  protected readonly isUnconfirmed = computed(() => this.params().unconfirmed === 'true');
  protected readonly narrowed = computed(() =>
    this.#names.flatMap(([name, label]) => {
      const value = this.params()[name];
      return value ? [{ name, label: `${label}: ${this.#shown(name, value)}`, without: { [name]: '' } }] : [];
    }),
  );
  private readonly opener = viewChild.required<string, ElementRef<HTMLElement>>('opener', { read: ElementRef });
  private readonly search = viewChild.required(SearchField);

  /** The button that has closed the panel is gone: the one that opens it gets the focus. */
  protected close(): void {
    this.isOpen.set(false);
    this.opener().nativeElement.focus();
  }

  focusSearch(): void {
    this.search().focus();
  }

  #shown(name: keyof FindParams, value: string): string {
    if (name === 'priority')
      return PRIORITIES.filter((one) => value.split(',').includes(one))
        .map(priorityName)
        .join(', ');
    return name === 'after' || name === 'before' ? dayOf(value, this.#locale) : value;
  }
}

/** A day in the words of the locale; what is none, as it stands: anyone may write an address. */
function dayOf(text: string, locale: string): string {
  const day = new Date(`${text}T00:00`);
  return Number.isNaN(day.getTime()) ? text : new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(day);
}
