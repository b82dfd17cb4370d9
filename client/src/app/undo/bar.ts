import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_SNACK_BAR_DATA,
  MatSnackBarAction,
  MatSnackBarActions,
  MatSnackBarLabel,
  MatSnackBarRef,
} from '@angular/material/snack-bar';

/** A button of the bar. */
export interface Way {
  label: string;
  act: () => void;
}

export interface BarContent {
  text: string;
  ways: readonly Way[];
  /** Gives the focus back to the element that had it before. */
  restoreFocus: () => void;
}

/** Text at the edge of the page, with what can be done about it. Material's own bar has one button at most. */
@Component({
  selector: 'app-bar',
  imports: [MatButton, MatSnackBarAction, MatSnackBarActions, MatSnackBarLabel],
  template: `
    <div matSnackBarLabel>{{ content.text }}</div>
    @if (content.ways.length > 0) {
      <div matSnackBarActions>
        @for (way of content.ways; track way.label) {
          <button matButton matSnackBarAction type="button" (click)="take(way, $event)">{{ way.label }}</button>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
    }

    [matSnackBarLabel] {
      flex: 1 1 auto;
      width: auto;
    }

    [matSnackBarActions] {
      margin-inline-start: auto;
    }
  `,
})
export class Bar {
  protected readonly content = inject<BarContent>(MAT_SNACK_BAR_DATA);
  readonly #self = inject(MatSnackBarRef);

  protected take({ act }: Way, { currentTarget }: Event): void {
    // At once: while the bar fades, a shortcut must not go to its button.
    (currentTarget as HTMLElement).blur();
    this.content.restoreFocus();
    this.#self.dismiss();
    act();
  }
}
