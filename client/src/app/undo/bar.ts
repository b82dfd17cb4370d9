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
          <button matButton matSnackBarAction type="button" (click)="take(way)">{{ way.label }}</button>
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
    }

    [matSnackBarActions] {
      margin-inline-start: auto;
    }
  `,
})
export class Bar {
  protected readonly content = inject<BarContent>(MAT_SNACK_BAR_DATA);
  readonly #self = inject(MatSnackBarRef);

  protected take({ act }: Way): void {
    this.#self.dismiss();
    act();
  }
}
