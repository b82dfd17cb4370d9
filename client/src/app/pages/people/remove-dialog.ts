import { Spoken } from '#app/a11y/spoken';
import { refusalOf } from '#app/refusal/refusal';
import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { HeraldApi } from '@herald/client/api';

/** Asks for confirmation, then removes an account. Closes with true once it is removed. */
@Component({
  selector: 'app-remove-dialog',
  imports: [MatButton, MatDialogModule, Spoken],
  template: `
    <h2 mat-dialog-title i18n="@@people.removeTitle">Remove {{ username }}?</h2>
    <mat-dialog-content>
      <p i18n="@@people.removeText">They are signed out at once, on every device. Their scheduled notifications are cancelled; sent ones stay. Names are never reused, and this can’t be undone.</p>
      <p class="problem" appSpoken="assertive">{{ problem() }}</p>
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton type="button" mat-dialog-close [disabled]="isBusy()" cdkFocusInitial i18n="@@people.cancel">Cancel</button>
      <button matButton="filled" class="danger" type="button" [disabled]="isBusy()" i18n="@@people.remove" (click)="remove()">Remove</button>
    </mat-dialog-actions>
  `,
  styles: `
    .problem {
      color: var(--high);
    }
  `,
})
export class RemoveDialog {
  readonly #api = inject(HeraldApi);
  readonly #self = inject<MatDialogRef<RemoveDialog, boolean>>(MatDialogRef);
  protected readonly username = inject<string>(MAT_DIALOG_DATA);
  protected readonly problem = signal('');
  protected readonly isBusy = signal(false);

  protected async remove(): Promise<void> {
    // The second click of a double click can arrive before the button is disabled.
    if (this.isBusy()) return;
    this.#setBusy(true);
    this.problem.set('');
    try {
      await this.#api.removeAccount(this.username);
      this.#self.close(true);
    } catch (error) {
      this.problem.set(
        (
          await refusalOf(
            error,
            $localize`:@@people.notRemoved:The server did not answer, so the account may still exist. Try again in a moment.`,
          )
        ).message,
      );
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
