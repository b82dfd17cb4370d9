import { Spoken } from '#app/a11y/spoken';
import { refusalOf } from '#app/refusal/refusal';
import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import type { PendingResult } from './pending-result';

export interface Confirmation<Result> {
  title: string;
  text: string;
  /** Words of the button. */
  action: string;
  /** There is no way back. */
  isFinal: boolean;
  /** Says what may have happened if the server does not answer. */
  unanswered: string;
  work: () => Promise<Result>;
  pending: PendingResult<Result>;
}

/** Asks for confirmation, then does the work. Closes with its result. */
@Component({
  selector: 'app-confirm-dialog',
  imports: [MatButton, MatDialogModule, Spoken],
  template: `
    <h2 mat-dialog-title>{{ asked.title }}</h2>
    <mat-dialog-content>
      <p>{{ asked.text }}</p>
      <p class="problem" appSpoken="assertive">{{ problem() }}</p>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" [mat-dialog-close]="undefined" [disabled]="isBusy()" cdkFocusInitial i18n="@@apps.cancel">Cancel</button>
      <button matButton="filled" [class.danger]="asked.isFinal" type="button" [disabled]="isBusy()" (click)="confirm()">{{ asked.action }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    .problem {
      color: var(--high);
    }
  `,
})
export class ConfirmDialog {
  readonly #self = inject<MatDialogRef<ConfirmDialog, unknown>>(MatDialogRef);
  protected readonly asked = inject<Confirmation<unknown>>(MAT_DIALOG_DATA);
  protected readonly problem = signal('');
  protected readonly isBusy = signal(false);

  protected async confirm(): Promise<void> {
    // The second click of a double click can arrive before the button is disabled.
    if (this.isBusy()) return;
    this.#setBusy(true);
    this.problem.set('');
    try {
      this.#self.close(await this.asked.pending.follow(this.asked.work()));
    } catch (error) {
      this.problem.set((await refusalOf(error, this.asked.unanswered)).message);
    } finally {
      this.#setBusy(false);
    }
  }

  /** No stray click or key may close the dialog before the server has answered. */
  #setBusy(isBusy: boolean): void {
    this.isBusy.set(isBusy);
    this.#self.disableClose = isBusy;
  }
}
