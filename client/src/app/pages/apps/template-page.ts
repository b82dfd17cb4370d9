import { focusFirstFault } from '#app/a11y/focus-first-fault';
import { LiveRegion } from '#app/a11y/live-region';
import { Spoken } from '#app/a11y/spoken';
import { Dialogs } from '#app/dialog/dialogs';
import { showFieldErrors } from '#app/forms/field-errors';
import { refusalOf, type Refused } from '#app/refusal/refusal';
import {
  Component,
  computed,
  DestroyRef,
  ElementRef,
  inject,
  Injector,
  input,
  numberAttribute,
  type OnInit,
  signal,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { HeraldApi } from '@herald/client/api';
import type { AppTemplateDraft, TemplatePreview } from '@herald/protocol';
import { debounceTime } from 'rxjs';
import { AppTemplatesApi } from './app-templates-api';
import type { Confirmation } from './confirm-dialog';
import { PendingResult } from './pending-result';
import { newTemplateFields, templateDraftOf, templateFieldsOf } from './template-fields';
import { TemplatePreviewCard } from './template-preview-card';

const DIALOG = { width: '28rem', maxWidth: 'calc(100vw - 2rem)' };
/** Pause in typing after which the preview is made. */
const PREVIEW_AFTER_MS = 300;

/** Adds or changes a template of an app, against an example. Asks before changes are lost. */
@Component({
  selector: 'app-template-page',
  imports: [MatButton, MatFormFieldModule, MatInput, ReactiveFormsModule, RouterLink, Spoken, TemplatePreviewCard],
  templateUrl: './template-page.html',
  styleUrl: './template-page.scss',
  host: { '(window:beforeunload)': 'isChanged() && $event.preventDefault()' },
})
export class TemplatePage implements OnInit {
  readonly #api = inject(HeraldApi);
  readonly #dialogs = inject(Dialogs);
  readonly #liveRegion = inject(LiveRegion);
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);
  readonly #destroyRef = inject(DestroyRef);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  /** Id of the app, from the path. */
  readonly app = input.required({ transform: numberAttribute });
  /** Name of the template, from the path; absent when adding one. */
  readonly template = input<string>();
  readonly #templatesApi = computed(() => new AppTemplatesApi(this.#api, this.app()));
  protected readonly list = computed(() => ['/apps', this.app(), 'templates']);
  /** No validators: the server decides. */
  protected readonly form = inject(FormBuilder).nonNullable.group(newTemplateFields());
  protected readonly isLoaded = signal(false);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  /** Null before the first one, and while it can't be made. */
  protected readonly preview = signal<TemplatePreview | null>(null);
  /** Number of the newest preview: an answer to an earlier one is ignored. */
  #previews = 0;
  #mayLeave = false;

  ngOnInit(): void {
    void this.#load();
  }

  /** Whether the page may be left at once; if not, it asks, and goes to `url` itself. */
  mayLeave(url: string): boolean {
    // Without a session there is nobody to ask.
    if (this.#mayLeave || !this.isChanged() || url.startsWith('/sign-in')) return true;
    void this.#askToLeave(url);
    return false;
  }

  protected isChanged(): boolean {
    return this.form.dirty;
  }

  protected async save(): Promise<void> {
    if (this.isBusy()) return;
    const draft = this.#draft();
    if (draft === null) {
      focusFirstFault(this.#element, this.#injector);
      return;
    }
    this.isBusy.set(true);
    this.problem.set('');
    try {
      const { name } = await this.#templatesApi().put(this.form.controls.name.value.trim(), draft);
      this.#mayLeave = true;
      this.#liveRegion.announce($localize`:@@apps.saved:Saved: ${name}:name:`);
      await this.#router.navigate(this.list());
    } catch (error) {
      const unanswered = $localize`:@@apps.notSaved:The server did not answer, so this may not have been saved. Try again in a moment.`;
      this.#show(await refusalOf(error, unanswered));
      focusFirstFault(this.#element, this.#injector);
    } finally {
      this.isBusy.set(false);
    }
  }

  async #load(): Promise<void> {
    const name = this.template();
    try {
      if (name !== undefined) this.form.setValue(templateFieldsOf(await this.#templatesApi().get(name)));
    } catch (error) {
      const unreachable = $localize`:@@apps.unreachable:The server can’t be reached. Try again in a moment.`;
      this.problem.set((await refusalOf(error, unreachable)).message);
      return;
    }
    this.isLoaded.set(true);
    const typing = this.form.valueChanges.pipe(debounceTime(PREVIEW_AFTER_MS), takeUntilDestroyed(this.#destroyRef));
    typing.subscribe(() => void this.#showPreview());
    await this.#showPreview();
  }

  /** The template to send; null, with a reason at the field, if the example is no JSON. */
  #draft(): AppTemplateDraft | null {
    const draft = templateDraftOf(this.form.getRawValue());
    if (typeof draft !== 'number') return draft;
    const reason =
      draft === 0
        ? $localize`:@@template.noObject:This must be a JSON object, in braces.`
        : $localize`:@@template.noJson:This is not valid JSON. Look at line ${draft}:line:.`;
    showFieldErrors(this.form.controls, [{ field: 'example', reason }]);
    return null;
  }

  async #showPreview(): Promise<void> {
    const number = ++this.#previews;
    const draft = this.#draft();
    try {
      const preview = draft === null ? null : await this.#templatesApi().preview(draft);
      if (number !== this.#previews) return;
      this.preview.set(preview);
      if (preview === null) return;
      this.problem.set('');
      for (const control of Object.values(this.form.controls)) control.setErrors(null);
    } catch (error) {
      const unreachable = $localize`:@@template.noPreview:The server can’t be reached, so there is no preview.`;
      const refused = await refusalOf(error, unreachable);
      if (number !== this.#previews) return;
      this.preview.set(null);
      this.#show(refused);
    }
  }

  #show({ message, fields }: Refused): void {
    const unplaced = showFieldErrors(this.form.controls, fields);
    this.problem.set(fields.length > 0 && unplaced.length === 0 ? '' : (unplaced[0] ?? message));
  }

  async #askToLeave(url: string): Promise<void> {
    const data: Confirmation<boolean> = {
      title: $localize`:@@template.leaveTitle:Leave without saving?`,
      text: $localize`:@@template.leaveText:Your changes of this template are lost.`,
      action: $localize`:@@template.leave:Leave`,
      isFinal: true,
      unanswered: '',
      work: () => Promise.resolve(true),
      pending: new PendingResult(),
    };
    const load = () => import('./confirm-dialog').then((file) => file.ConfirmDialog);
    if ((await this.#dialogs.open(load, { ...DIALOG, injector: this.#injector, data })) !== true) return;
    this.#mayLeave = true;
    await this.#router.navigateByUrl(url);
  }
}
