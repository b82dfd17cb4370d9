import { Component, inject, signal } from '@angular/core';
import { FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Spoken } from '../speech/spoken';
import { Session } from './session';
import { SessionApi } from './session-api';

@Component({
  selector: 'app-sign-in-page',
  imports: [MatButton, MatFormFieldModule, MatInput, ReactiveFormsModule, Spoken],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.scss',
})
export class SignInPage {
  protected readonly session = inject(Session);
  protected readonly form = inject(FormBuilder).nonNullable.group({ username: '', password: '' });
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  /** Whether the server offers its demo account. */
  protected readonly hasDemo = signal(false);

  constructor() {
    inject(SessionApi)
      .info()
      .then(
        ({ demo }) => this.hasDemo.set(demo !== undefined),
        // Signing in will say that the server can't be reached.
        () => undefined,
      );
  }

  protected signIn(): Promise<void> {
    const { username, password } = this.form.getRawValue();
    return this.#enter(() => this.session.signIn(username, password));
  }

  protected signInToDemo(): Promise<void> {
    return this.#enter(() => this.session.signInToDemo());
  }

  async #enter(signIn: () => Promise<unknown>): Promise<void> {
    this.isBusy.set(true);
    this.problem.set('');
    try {
      await signIn();
    } catch (error) {
      this.problem.set(error instanceof Error ? error.message : String(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
