import { Spoken } from '#app/a11y/spoken';
import { ChipsField, type Offers } from '#app/forms/chips-field';
import { showFieldErrors } from '#app/forms/field-errors';
import { refusalOf } from '#app/refusal/refusal';
import { Component, inject, type Signal, signal, viewChildren } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { HeraldApi } from '@herald/client/api';
import type { Account } from '@herald/protocol';
import { catchError, debounceTime, EMPTY, from, map, startWith, Subject, switchMap } from 'rxjs';

export interface PersonDialogData {
  /** Null when adding one. */
  account: Account | null;
}

const TYPING_MS = 150;

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
  private readonly chips = viewChildren(ChipsField);
  protected readonly account = inject<PersonDialogData>(MAT_DIALOG_DATA).account;
  /** No validators: the server decides. */
  readonly #builder = inject(FormBuilder).nonNullable;
  protected readonly form = this.#builder.group({
    username: this.account?.username ?? '',
    password: '',
    roles: this.#builder.control(this.account?.roles ?? []),
    topics: this.#builder.control(this.account?.topics ?? []),
  });
  /** Parts of names, as typed. */
  protected readonly role = new Subject<string>();
  protected readonly topic = new Subject<string>();
  protected readonly roles = this.#offers(this.role, 'roles');
  protected readonly topics = this.#offers(this.topic, 'topics');
  protected readonly problem = signal('');
  protected readonly isBusy = signal(false);

  protected async save(): Promise<void> {
    // The second click of a double click can arrive before the button is disabled.
    if (this.isBusy()) return;
    for (const field of this.chips()) field.commit();
    this.#setBusy(true);
    this.problem.set('');
    try {
      this.#self.close(await this.#send());
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

  /** Names in use that contain what is typed; none if the server does not answer. */
  #offers(typed: Subject<string>, kind: 'roles' | 'topics'): Signal<Offers[]> {
    const found = typed.pipe(
      startWith(''),
      debounceTime(TYPING_MS),
      switchMap((part) => from(this.#api.recipients(part)).pipe(catchError(() => EMPTY))),
      map((all): Offers[] => [{ name: '', values: all[kind] }]),
    );
    return toSignal(found, { initialValue: [] });
  }
}
