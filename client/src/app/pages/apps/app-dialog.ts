import { focusFirstFault } from '#app/a11y/focus-first-fault';
import { Spoken } from '#app/a11y/spoken';
import { AudienceField } from '#app/audience/audience-field';
import { ClockNotice } from '#app/forms/clock-notice';
import { showFieldErrors } from '#app/forms/field-errors';
import { PriorityName } from '#app/i18n/priority-name';
import { refusalOf } from '#app/refusal/refusal';
import { Person } from '#app/session/person';
import { Component, ElementRef, inject, Injector, signal, viewChild } from '@angular/core';
import { FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import { HeraldApi } from '@herald/client/api';
import { type App, type AppScope, type AppWithKey, PRIORITIES } from '@herald/protocol';
import { changeOf, draftOf, fieldsOf, newFields } from './app-fields';
import type { PendingResult } from './pending-result';

export interface AppDialogData {
  /** Null when adding one. */
  app: App | null;
  /** Says what may have happened if the server does not answer. */
  unanswered: string;
  pending: PendingResult<App | AppWithKey>;
}

/** Fields that are folded away. */
const OPTIONS = ['defaultPriority', 'category', 'tags', 'markdown'];

/** Adds or changes an app. Closes with the app as the server returned it; a new one has its key. */
@Component({
  selector: 'app-app-dialog',
  imports: [
    AudienceField,
    ClockNotice,
    MatButton,
    MatCheckbox,
    MatDialogModule,
    MatFormFieldModule,
    MatInput,
    MatSelectModule,
    PriorityName,
    ReactiveFormsModule,
    Spoken,
  ],
  templateUrl: './app-dialog.html',
  styleUrl: './app-dialog.scss',
})
export class AppDialog {
  readonly #api = inject(HeraldApi);
  readonly #self = inject<MatDialogRef<AppDialog, App | AppWithKey>>(MatDialogRef);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  private readonly audienceField = viewChild(AudienceField);
  readonly #data = inject<AppDialogData>(MAT_DIALOG_DATA);
  protected readonly app = this.#data.app;
  readonly #before = this.app === null ? newFields(inject(Person).username) : fieldsOf(this.app);
  protected readonly priorities = PRIORITIES;
  protected readonly hintForSome = $localize`:@@apps.audienceHint:You, or topics that you follow`;
  /** No validators: the server decides. */
  readonly #builder = inject(FormBuilder).nonNullable;
  protected readonly form = this.#builder.group({
    name: '',
    scope: this.#builder.control<AppScope>(this.app?.scope ?? 'send'),
    ...this.#before,
    audience: this.#builder.control(this.#before.audience),
  });
  protected readonly isOpen = signal(false);
  protected readonly problem = signal('');
  protected readonly isBusy = signal(false);

  constructor() {
    // Chosen already, so the field must not begin with everyone.
    this.form.controls.audience.markAsDirty();
  }

  protected async save(): Promise<void> {
    // The second click of a double click can arrive before the button is disabled.
    if (this.isBusy()) return;
    this.audienceField()?.commit();
    this.#setBusy(true);
    this.problem.set('');
    try {
      this.#self.close(await this.#data.pending.follow(this.#send()));
    } catch (error) {
      await this.#explain(error);
    } finally {
      this.#setBusy(false);
    }
  }

  /** No stray click or key may close the dialog before the server has answered. */
  #setBusy(isBusy: boolean): void {
    this.isBusy.set(isBusy);
    this.#self.disableClose = isBusy;
  }

  #send(): Promise<App | AppWithKey> {
    const { name, scope, ...fields } = this.form.getRawValue();
    if (this.app === null) return this.#api.addApp(draftOf(name.trim(), scope, fields));
    return this.#api.changeApp(this.app.id, changeOf(this.#before, fields));
  }

  async #explain(error: unknown): Promise<void> {
    const { message, fields } = await refusalOf(error, this.#data.unanswered);
    const unplaced = showFieldErrors(this.form.controls, fields);
    if (fields.some(({ field }) => OPTIONS.includes(field))) this.isOpen.set(true);
    const seeFields = $localize`:@@apps.seeFields:Not saved yet: see the marked fields.`;
    if (fields.length === 0) this.problem.set(message);
    else this.problem.set([seeFields, ...unplaced].join(' '));
    focusFirstFault(this.#element, this.#injector);
  }
}
