import { focusAfterRemoval } from '#app/a11y/focus-after-removal';
import { Spoken } from '#app/a11y/spoken';
import { Icon } from '#app/icon/icon';
import { Refused } from '#app/refusal/refusal';
import { UndoBar } from '#app/undo/undo-bar';
import { Component, inject, Injector, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogClose,
  MatDialogContent,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormField, MatLabel } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { FILTER_NAME_MAX, type SavedFilter } from '@herald/protocol';
import { SavedFilters } from './saved-filters';

/** Saved filters to go to or remove, and a name for the present one. It closes with the address to go to. */
@Component({
  selector: 'app-saved-filters-dialog',
  imports: [
    MatButton,
    MatDialogActions,
    MatDialogClose,
    MatDialogContent,
    MatDialogTitle,
    MatFormField,
    Icon,
    MatIconButton,
    MatInput,
    MatLabel,
    Spoken,
  ],
  template: `
    <h2 #heading tabindex="-1" mat-dialog-title i18n="@@savedFilters.heading">Saved filters</h2>
    <mat-dialog-content>
      @if (filters.all().length === 0) {
        <p class="none" i18n="@@savedFilters.none">None yet. Filter the list, then save the filter under a name. It works in every browser that you sign in to.</p>
      }
      <ul #list>
        @for (one of filters.all(); track one.name) {
          <li>
            <button matButton type="button" [mat-dialog-close]="one.url">{{ one.name }}</button>
            <button matIconButton type="button" i18n-ariaLabel="@@savedFilters.remove" ariaLabel="Remove: {{ one.name }}" [disabled]="isBusy()" disabledInteractive (click)="$event.detail < 2 && remove(one, $index, list, heading)">
              <app-icon name="close" />
            </button>
          </li>
        }
      </ul>
      <p class="problem" appSpoken="assertive">{{ problem() }}</p>
      <form (submit)="save($event)">
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label i18n="@@savedFilters.name">Name of this filter</mat-label>
          <input #field matInput [maxLength]="max" [value]="name()" (input)="name.set(field.value)" />
        </mat-form-field>
        <button matButton="filled" type="submit" [disabled]="isBusy() || name().trim() === ''" disabledInteractive i18n="@@savedFilters.save">Save</button>
      </form>
    </mat-dialog-content>
    <mat-dialog-actions align="end"><button matButton type="button" mat-dialog-close i18n="@@savedFilters.close">Close</button></mat-dialog-actions>
  `,
  styles: `
    ul {
      margin: 0 0 1rem;
      padding: 0;
      list-style: none;
    }

    li,
    form {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 0.5rem;
    }

    form {
      padding-top: 0.5rem;
    }

    mat-form-field {
      flex: 1;
      min-width: 0;
    }

    .problem {
      color: var(--high);
    }

    .none {
      margin-bottom: 1rem;
    }
  `,
})
export class SavedFiltersDialog {
  protected readonly filters = inject(SavedFilters);
  readonly #url = inject<{ url: string }>(MAT_DIALOG_DATA).url;
  protected readonly name = signal('');
  protected readonly max = FILTER_NAME_MAX;
  protected readonly problem = signal('');
  protected readonly isBusy = signal(false);
  readonly #injector = inject(Injector);
  readonly #bar = inject(UndoBar);

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const filter = { name: this.name().trim(), url: this.#url };
    if (await this.#try(() => this.filters.save(filter))) this.name.set('');
  }

  protected async remove(filter: SavedFilter, index: number, list: HTMLElement, heading: HTMLElement): Promise<void> {
    if (!(await this.#try(() => this.filters.remove(filter.name)))) return;
    focusAfterRemoval(list, index, heading, this.#injector);
    await this.#bar.offer($localize`:@@savedFilters.removed:Removed “${filter.name}:name:”`, () =>
      this.filters.save(filter, index),
    );
  }

  /** One at a time: a button that is disabled keeps its focus, and can be pressed by a key. */
  async #try(work: () => Promise<void>): Promise<boolean> {
    if (this.isBusy()) return false;
    this.isBusy.set(true);
    this.problem.set('');
    try {
      await work();
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.problem.set(error.fields[0]?.reason ?? error.message);
      return false;
    } finally {
      this.isBusy.set(false);
    }
  }
}
