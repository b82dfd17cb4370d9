import { ClockNotice } from '#app/forms/clock-notice';
import { Component, input, output } from '@angular/core';
import { type FormArray, type FormControl, type FormGroup, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { ACTIONS_MAX } from '@herald/protocol';

export type ActionControls = FormGroup<{ label: FormControl<string>; target: FormControl<string> }>;

export type OptionControls = FormGroup<{
  url: FormControl<string>;
  tags: FormControl<string>;
  key: FormControl<string>;
  expiresAt: FormControl<string>;
  deliverAt: FormControl<string>;
  markdown: FormControl<boolean>;
  requiresAck: FormControl<boolean>;
  actions: FormArray<ActionControls>;
}>;

/** Rarely used fields of a notification, folded away. */
@Component({
  selector: 'app-compose-options',
  imports: [ClockNotice, MatButton, MatCheckbox, MatFormFieldModule, MatInput, ReactiveFormsModule],
  templateUrl: './compose-options.html',
  styleUrl: './compose-options.scss',
})
export class ComposeOptions {
  readonly group = input.required<OptionControls>();
  readonly isOpen = input(false);
  readonly more = output();
  protected readonly most = ACTIONS_MAX;
}
