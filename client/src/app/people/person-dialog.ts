import { Component, inject, signal } from '@angular/core';
import { FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import type { Account } from '../../../../protocol/http';
import { showFieldErrors } from '../forms/field-errors';
import { wordsIn } from '../forms/words-in';
import { refusalOf } from '../inbox/store/refusal';
import { Spoken } from '../speech/spoken';
import { PeopleApi } from './people-api';

/** Adds an account, or changes one. It closes with the account as the server has it now. */
@Component({
  selector: 'app-person-dialog',
  imports: [MatButton, MatDialogModule, MatFormFieldModule, MatInput, ReactiveFormsModule, Spoken],
  templateUrl: './person-dialog.html',
  styles: `
    mat-dialog-content {
      display: flex;
      flex-direction: column;
      gap: 1rem;
      /* The first label would be cut off. */
      padding-top: 0.5rem !important;
    }

    .problem {
      margin-bottom: 0.75rem;
    }
  `,
})
export class PersonDialog {
  readonly #api = inject(PeopleApi);
  readonly #self = inject<MatDialogRef<PersonDialog, Account>>(MatDialogRef);
  /** Null for a new one. */
  protected readonly account = inject<Account | null>(MAT_DIALOG_DATA);
  /** Without validators: the server's words are the ones that count. */
  protected readonly form = inject(FormBuilder).nonNullable.group({
    username: this.account?.username ?? '',
    password: '',
    roles: this.account?.roles.join(' ') ?? '',
    topics: this.account?.topics.join(' ') ?? '',
  });
  protected readonly problem = signal('');
  protected readonly isBusy = signal(false);

  protected async save(): Promise<void> {
    this.isBusy.set(true);
    this.problem.set('');
    try {
      this.#self.close(await this.#send());
    } catch (error) {
      await this.#explain(error);
    } finally {
      this.isBusy.set(false);
    }
  }

  #send(): Promise<Account> {
    const { username, password, roles, topics } = this.form.getRawValue();
    if (this.account === null) return this.#api.add(username.trim(), { roles: wordsIn(roles), topics: wordsIn(topics), password });
    const { controls } = this.form;
    // What was not touched here may have changed elsewhere since the list was loaded.
    return this.#api.change(this.account.username, {
      ...(controls.roles.dirty && { roles: wordsIn(roles) }),
      ...(controls.topics.dirty && { topics: wordsIn(topics) }),
      ...(password !== '' && { password }),
    });
  }

  async #explain(error: unknown): Promise<void> {
    const { message, fields } = await refusalOf(error, $localize`:@@people.notSaved:The server can’t be reached. Nothing was saved; try again in a moment.`);
    const unplaced = showFieldErrors(this.form.controls, fields);
    if (fields.length === 0) this.problem.set(message);
    else this.problem.set([$localize`:@@people.seeFields:Not saved yet: see the fields marked below.`, ...unplaced].join(' '));
  }
}
