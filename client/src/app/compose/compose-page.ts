import { Component, inject, signal } from '@angular/core';
import { FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import { EVERYONE } from '../../../../protocol/channels';
import { CATEGORY_MAX, MESSAGE_MAX, PRIORITIES, type Priority, TITLE_MAX } from '../../../../protocol/notification';
import { showFieldErrors } from '../forms/field-errors';
import { InboxStore } from '../inbox/store/inbox-store';
import { SendRefused } from '../inbox/store/send-refused';
import { readAudience } from './audience';

@Component({
  selector: 'app-compose-page',
  imports: [MatButton, MatFormFieldModule, MatInput, MatSelectModule, ReactiveFormsModule, RouterLink],
  templateUrl: './compose-page.html',
  styleUrl: './compose-page.scss',
})
export class ComposePage {
  readonly #store = inject(InboxStore);
  protected readonly priorities = PRIORITIES;
  protected readonly limits = { title: TITLE_MAX, message: MESSAGE_MAX, category: CATEGORY_MAX };
  /** Without validators: the server's words are the ones that count. */
  protected readonly form = inject(FormBuilder).nonNullable.group({
    audience: EVERYONE,
    title: '',
    message: '',
    priority: inject(FormBuilder).nonNullable.control<Priority>('medium'),
    category: 'general',
  });
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  protected readonly sent = signal('');

  protected async send(): Promise<void> {
    this.isBusy.set(true);
    this.problem.set('');
    this.sent.set('');
    try {
      const draft = this.form.getRawValue();
      const { title, audience } = await this.#store.send({ ...draft, audience: readAudience(draft.audience) });
      this.sent.set(`Sent “${title}” to ${audience.join(', ')}.`);
      this.form.patchValue({ title: '', message: '' });
      this.form.markAsUntouched();
    } catch (error) {
      this.#explain(error);
    } finally {
      this.isBusy.set(false);
    }
  }

  #explain(error: unknown): void {
    const fields = error instanceof SendRefused ? error.fields : [];
    const unplaced = showFieldErrors(this.form.controls, fields);
    if (fields.length === 0) this.problem.set(error instanceof Error ? error.message : String(error));
    else this.problem.set(['Not sent yet: see the fields marked below.', ...unplaced].join(' '));
  }
}
