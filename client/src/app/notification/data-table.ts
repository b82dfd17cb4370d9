import { Count } from '#app/i18n/count';
import { Component, computed, input, linkedSignal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { dataRows } from './data-rows';

/** Rows that are shown until the person asks for all. */
const FIRST_ROWS = 8;

/** The data of a notification as a table of names and values. On paper it has all of them. */
@Component({
  selector: 'app-data-table',
  imports: [Count, MatButton],
  template: `
    <table>
      <caption i18n="@@data.caption">Data</caption>
      <tbody>
        @for (row of rows(); track $index) {
          <tr [class.beyond]="!isWhole() && $index >= shown()">
            <th scope="row" dir="auto">{{ row.name }}</th>
            <td dir="auto">
              @if (row.isLink) {
                <a [href]="row.value" target="_blank" rel="noopener noreferrer">{{ row.value }}</a>
              } @else {
                <span>{{ row.value }}</span>
              }
            </td>
          </tr>
        }
      </tbody>
    </table>
    @if (rows().length > shown()) {
      <button matButton type="button" [attr.aria-expanded]="isWhole()" (click)="isWhole.set(!isWhole())">
        @if (isWhole()) {
          <span i18n="@@data.fewer">Show fewer</span>
        } @else {
          <span i18n="@@data.all">Show all {{ rows().length | count }}</span>
        }
      </button>
    }
  `,
  styleUrl: './data-table.scss',
})
export class DataTable {
  readonly data = input.required<Readonly<Record<string, unknown>>>();
  protected readonly rows = computed(() => dataRows(this.data()));
  /** A button for a single row more would take its place. */
  protected readonly shown = computed(() => (this.rows().length === FIRST_ROWS + 1 ? FIRST_ROWS + 1 : FIRST_ROWS));
  protected readonly isWhole = linkedSignal({ source: this.data, computation: () => false });
}
