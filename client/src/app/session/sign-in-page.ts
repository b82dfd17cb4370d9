import { Component, inject, signal } from '@angular/core';
import { FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Session } from './session';

@Component({
  selector: 'app-sign-in-page',
  imports: [MatButton, MatFormFieldModule, MatInput, ReactiveFormsModule],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.scss',
})
export class SignInPage {
  protected readonly session = inject(Session);
  protected readonly form = inject(FormBuilder).nonNullable.group({ username: '', password: '' });
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');

  protected async signIn(): Promise<void> {
    const { username, password } = this.form.getRawValue();
    this.isBusy.set(true);
    this.problem.set('');
    try {
      await this.session.signIn(username, password);
    } catch (error) {
      this.problem.set(error instanceof Error ? error.message : String(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
