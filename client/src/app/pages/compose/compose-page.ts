import { focusFirstFault } from '#app/a11y/focus-first-fault';
import { Spoken } from '#app/a11y/spoken';
import { AudienceField } from '#app/audience/audience-field';
import { DraftKeeper } from '#app/forms/draft-keeper';
import { showFieldErrors } from '#app/forms/field-errors';
import { wordsIn } from '#app/forms/words-in';
import { audienceInWords } from '#app/i18n/channel-words';
import { PriorityName } from '#app/i18n/priority-name';
import { Sending } from '#app/inbox/sending';
import { type BodyOf, NotificationBody } from '#app/notification/notification-body';
import { personalKey } from '#app/platform/personal-keys';
import { Refused } from '#app/refusal/refusal';
import { Person } from '#app/session/person';
import { UndoBar } from '#app/undo/undo-bar';
import { Component, computed, DestroyRef, ElementRef, inject, Injector, signal, viewChild } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { type AbstractControl, FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import {
  ACTIONS_MAX,
  CATEGORY_MAX,
  EVERYONE,
  MESSAGE_MAX,
  PRIORITIES,
  type Priority,
  TITLE_MAX,
} from '@herald/protocol';
import { merge } from 'rxjs';
import { type ActionControls, ComposeOptions } from './compose-options';
import { type Draft, hasOptions, isEmpty, parseDraft } from './draft';
import { readOptions } from './draft-options';

/**
 * Maximum characters in the field, so that a longer text can be shortened there. The server's limit for any text is
 * higher, so its refusal names the limit of the message. A text of megabytes would block the browser for a minute.
 */
const ROOM = 4 * MESSAGE_MAX;

@Component({
  selector: 'app-compose-page',
  imports: [
    AudienceField,
    ComposeOptions,
    MatButton,
    MatFormFieldModule,
    MatInput,
    MatSelectModule,
    NotificationBody,
    PriorityName,
    ReactiveFormsModule,
    RouterLink,
    Spoken,
  ],
  templateUrl: './compose-page.html',
  styleUrl: './compose-page.scss',
})
export class ComposePage {
  /** The page that is open: an Undo can outlive the page that offered it. */
  private static open: ComposePage | null = null;
  readonly #sending = inject(Sending);
  readonly #builder = inject(FormBuilder).nonNullable;
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  readonly #destroyed = inject(DestroyRef);
  readonly #drafts = new DraftKeeper(personalKey('draft', inject(Person).username), parseDraft, isEmpty);
  readonly #bar = inject(UndoBar);
  private readonly audienceField = viewChild.required(AudienceField);
  private readonly titleField = viewChild.required<ElementRef<HTMLElement>>('titleField');
  protected readonly priorities = PRIORITIES;
  protected readonly limits = { title: TITLE_MAX, message: MESSAGE_MAX, category: CATEGORY_MAX, room: ROOM };
  /** No validators: the server decides. */
  protected readonly form = this.#builder.group({
    audience: this.#builder.control<string[]>([]),
    title: '',
    message: '',
    priority: this.#builder.control<Priority>('medium'),
    category: 'general',
  });
  protected readonly options = this.#builder.group({
    url: '',
    tags: '',
    key: '',
    expiresAt: '',
    deliverAt: '',
    markdown: false,
    requiresAck: false,
    actions: this.#builder.array<ActionControls>([this.#newAction()]),
  });
  readonly #fields = toSignal(this.form.valueChanges, { initialValue: this.form.value });
  readonly #optionFields = toSignal(this.options.valueChanges, { initialValue: this.options.value });
  /** Preview of the notification; null while it is empty. */
  protected readonly preview = computed<(BodyOf & { title: string }) | null>(() => {
    const { title = '', message = '' } = this.#fields();
    const { markdown, tags = '' } = this.#optionFields();
    if (title === '' && message === '') return null;
    const words = wordsIn(tags).map((tag) => tag.replace(/^:(.+):$/, '$1'));
    // Longer texts can't be sent.
    return {
      title: title.slice(0, TITLE_MAX),
      message: message.slice(0, MESSAGE_MAX),
      ...(markdown === true && { markdown }),
      tags: [...new Set(words)],
    };
  });
  /** The audience in words; null for nobody. */
  protected readonly audience = computed(() => audienceInWords(this.#fields().audience ?? []) || null);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  protected readonly sent = signal('');
  protected readonly isOpen = signal(false);
  protected readonly isRestored = signal(false);

  constructor() {
    ComposePage.open = this;
    this.#destroyed.onDestroy(() => {
      if (ComposePage.open === this) ComposePage.open = null;
    });
    const draft = this.#drafts.read();
    if (draft !== null) this.#restore(draft);
    merge(this.form.valueChanges, this.options.valueChanges)
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.#drafts.keep(this.#draft()));
  }

  protected async send(): Promise<void> {
    // The second click of a double click can arrive before the button is disabled.
    if (this.isBusy()) return;
    this.audienceField().commit();
    this.isBusy.set(true);
    this.problem.set('');
    this.sent.set('');
    try {
      const draft = this.#draft();
      const options = readOptions(draft.options);
      const stored = await this.#sending.send({ ...this.form.getRawValue(), ...options });
      // Also if the page was left meanwhile.
      this.#drafts.forget(draft);
      const to = audienceInWords(stored.audience ?? [EVERYONE]);
      this.sent.set(
        'deliverAt' in stored
          ? $localize`:@@compose.scheduled:Scheduled “${stored.title}:title:” to ${to}:audience:. See it under Sent.`
          : $localize`:@@compose.sent:Sent “${stored.title}:title:” to ${to}:audience:.`,
      );
      // The next one may have been begun while this was sent.
      if (JSON.stringify(this.#draft()) === JSON.stringify(draft)) this.#clear();
    } catch (error) {
      if (this.#destroyed.destroyed) await this.#bar.refuse(error instanceof Error ? error.message : String(error));
      else this.#explain(error);
    } finally {
      this.isBusy.set(false);
    }
  }

  protected addAction(): void {
    this.options.controls.actions.push(this.#newAction());
  }

  protected async discard(): Promise<void> {
    const draft = this.#draft();
    this.#clear();
    this.form.patchValue({ priority: 'medium', category: 'general' });
    this.audienceField().restart();
    this.problem.set('');
    this.titleField().nativeElement.focus();
    await this.#bar.offer($localize`:@@compose.discarded:Draft discarded`, () => this.#takeBack(draft));
  }

  /** A text that was begun since then gives way, and can be taken back likewise. */
  async #takeBack(draft: Draft): Promise<void> {
    const page = ComposePage.open;
    const newer = page === null ? this.#drafts.read() : page.#draft();
    if (page === null) this.#drafts.keep(draft);
    else page.#restore(draft);
    if (newer === null || isEmpty(newer)) return;
    await this.#bar.offer($localize`:@@compose.swapped:Your newer text was put aside`, () => this.#takeBack(newer));
  }

  #draft(): Draft {
    const { audience, ...fields } = this.form.getRawValue();
    const isFirst = this.form.controls.audience.pristine && audience.every((channel) => channel === EVERYONE);
    return { ...fields, audience: isFirst ? null : audience, options: this.options.getRawValue() };
  }

  #restore({ audience, options, ...fields }: Draft): void {
    this.form.patchValue(fields);
    if (audience !== null) {
      this.form.controls.audience.markAsDirty();
      this.form.controls.audience.setValue(audience);
    }
    const { actions } = this.options.controls;
    actions.clear();
    const rows = Math.min(Math.max(options.actions.length, 1), ACTIONS_MAX);
    for (let row = 0; row < rows; row++) this.addAction();
    this.options.patchValue(options);
    this.isOpen.set(hasOptions(options));
    this.isRestored.set(true);
  }

  #newAction(): ActionControls {
    return this.#builder.group({ label: '', target: '' });
  }

  #clear(): void {
    this.isRestored.set(false);
    this.form.patchValue({ title: '', message: '' });
    this.form.markAsUntouched();
    this.options.controls.actions.clear();
    this.addAction();
    this.options.reset();
  }

  #explain(error: unknown): void {
    const fields = error instanceof Refused ? error.fields : [];
    const unplaced = showFieldErrors(
      { ...this.form.controls, ...this.options.controls, ...this.#actionControls() },
      fields,
    );
    if (fields.some(({ field }) => !Object.hasOwn(this.form.controls, field))) this.isOpen.set(true);
    if (fields.length === 0) this.problem.set(error instanceof Error ? error.message : String(error));
    else if (unplaced.length === fields.length) this.problem.set(unplaced.join(' '));
    else this.problem.set([$localize`:@@compose.notSent:Not sent yet: see the marked fields.`, ...unplaced].join(' '));
    focusFirstFault(this.#element, this.#injector);
  }

  /** Keyed by the server's field names. Empty rows are not sent, so they are not counted. */
  #actionControls(): Record<string, AbstractControl> {
    const filled = this.options.controls.actions.controls.filter(
      ({ value }) => value.label !== '' || value.target !== '',
    );
    return Object.fromEntries(
      filled.flatMap(({ controls: { label, target } }, index) => [
        [`actions.${index}.label`, label],
        [`actions.${index}.url`, target],
        [`actions.${index}.event`, target],
      ]),
    );
  }
}
