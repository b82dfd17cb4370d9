import { ClockNotice } from '#app/forms/clock-notice';
import { fieldTime } from '#app/forms/field-time';
import { Component, inject } from '@angular/core';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { isSnoozeTime, tomorrowMorning } from './snooze-times';

/** Asks until when something is put away. It closes with that, in milliseconds since 1970. */
@Component({
  selector: 'app-snooze-dialog',
  imports: [MatButton, MatDialogModule, MatFormFieldModule, MatInput, ReactiveFormsModule, ClockNotice],
  template: `
    <h2 mat-dialog-title i18n="@@snooze.until">Snooze until</h2>
    <form (submit)="$event.preventDefault(); choose()">
      <mat-dialog-content>
        <mat-form-field appearance="outline" subscriptSizing="dynamic">
          <mat-label i18n="@@snooze.time">Time</mat-label>
          <input matInput type="datetime-local" cdkFocusInitial [formControl]="time" />
          <mat-error>{{ time.getError('server') }}</mat-error>
        </mat-form-field>
        <app-clock-notice />
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" [mat-dialog-close]="undefined" i18n="@@snooze.cancel">Cancel</button>
        <button matButton="filled" type="submit" i18n="@@snooze.choose">Snooze</button>
      </mat-dialog-actions>
    </form>
  `,
  styles: `
    mat-form-field {
      width: 100%;
    }

    mat-dialog-content {
      /* The label would be cut off. */
      padding-top: 0.5rem !important;
    }
  `,
})
export class SnoozeDialog {
  readonly #self = inject<MatDialogRef<SnoozeDialog, number>>(MatDialogRef);
  protected readonly time = new FormControl(fieldTime(tomorrowMorning(Date.now())), { nonNullable: true });

  protected choose(): void {
    const until = new Date(this.time.value).getTime();
    if (isSnoozeTime(until, Date.now())) this.#self.close(until);
    else this.time.setErrors({ server: $localize`:@@field.ahead:Choose a time in the future, at most a year ahead.` });
    this.time.markAsTouched();
  }
}
