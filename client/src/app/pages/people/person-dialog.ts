import { Spoken } from '#app/a11y/spoken';
import { ChipsField, type Offers } from '#app/forms/chips-field';
import { showFieldErrors } from '#app/forms/field-errors';
import { refusalOf } from '#app/refusal/refusal';
import { Component, computed, inject, type Signal, signal, viewChildren } from '@angular/core';
import { FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { HeraldApi } from '@herald/client/api';
import { type Account, ADMIN_ROLE } from '@herald/protocol';

/** `account` is null when adding one; `all` accounts provide suggestions of roles and topics. */
export interface PersonDialogData {
  account: Account | null;
  all: readonly Account[];
}

/** Adds or changes an account. Closes with the account as the server returned it. */
@Component({
  selector: 'app-person-dialog',
  imports: [ChipsField, MatButton, MatDialogModule, MatFormFieldModule, MatInput, ReactiveFormsModule, Spoken],
  templateUrl: './person-dialog.html',
  styles: `
    mat-dialog-content {
      display: flex;
      flex-direction: column;
      gap: 1rem;
      /* The first label would be cut off. */
      padding-top: 0.5rem !important;
    }

    p:empty {
      display: none;
    }
  `,
})
export class PersonDialog {
  readonly #api = inject(HeraldApi);
  readonly #self = inject<MatDialogRef<PersonDialog, Account>>(MatDialogRef);
  readonly #data = inject<PersonDialogData>(MAT_DIALOG_DATA);
  private readonly chips = viewChildren(ChipsField);
  protected readonly account = this.#data.account;
  /** No validators: the server decides. */
  readonly #builder = inject(FormBuilder).nonNullable;
  protected readonly form = this.#builder.group({
    username: this.account?.username ?? '',
    password: '',
    roles: this.#builder.control(this.account?.roles ?? []),
    topics: this.#builder.control(this.account?.topics ?? []),
  });
  /** Typed so far. */
  protected readonly role = signal('');
  protected readonly topic = signal('');
  protected readonly roles = offers(this.role, [ADMIN_ROLE, ...this.#data.all.flatMap(({ roles }) => roles)]);
  protected readonly topics = offers(
    this.topic,
    this.#data.all.flatMap(({ topics }) => topics),
  );
  protected readonly problem = signal('');
  protected readonly isBusy = signal(false);

  protected async save(): Promise<void> {
    for (const field of this.chips()) field.commit();
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
    if (this.account === null) return this.#api.addAccount(username.trim(), { roles, topics, password });
    const { controls } = this.form;
    // An untouched field may have changed elsewhere since the list was loaded.
    return this.#api.changeAccount(this.account.username, {
      ...(controls.roles.dirty && { roles }),
      ...(controls.topics.dirty && { topics }),
      ...(password !== '' && { password }),
    });
  }

  async #explain(error: unknown): Promise<void> {
    const { message, fields } = await refusalOf(
      error,
      $localize`:@@people.notSaved:The server did not answer, so this may not have been saved. Try again in a moment.`,
    );
    const unplaced = showFieldErrors(this.form.controls, fields);
    if (fields.length === 0) this.problem.set(message);
    else
      this.problem.set(
        [$localize`:@@people.seeFields:Not saved yet: see the fields marked below.`, ...unplaced].join(' '),
      );
  }
}

/** Distinct names that contain the typed part, sorted. */
function offers(part: Signal<string>, names: readonly string[]): Signal<Offers[]> {
  const all = [...new Set(names)].sort();
  return computed(() => [
    { name: '', values: all.filter((name) => name.toLowerCase().includes(part().toLowerCase())) },
  ]);
}
