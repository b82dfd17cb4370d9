import { focusFirstFault } from '#app/a11y/focus-first-fault';
import { LiveRegion } from '#app/a11y/live-region';
import { Retry } from '#app/a11y/retry';
import { Spoken } from '#app/a11y/spoken';
import { DraftKeeper } from '#app/forms/draft-keeper';
import { showFieldErrors } from '#app/forms/field-errors';
import { Refused, refusalOf } from '#app/refusal/refusal';
import { Person } from '#app/session/person';
import { UndoBar } from '#app/undo/undo-bar';
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
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { FormBuilder, type FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { HeraldApi, HeraldError } from '@herald/client/api';
import type { AppTemplateDraft, TemplatePreview } from '@herald/protocol';
import { map, merge, switchMap, timer } from 'rxjs';
import { AppTemplatesApi } from './app-templates-api';
import { newTemplateFields, templateDraftOf, templateFieldsOf } from './template-fields';
import { TemplatePreviewCard } from './template-preview-card';
import { areSameFields, parseUnsavedTemplate, type UnsavedTemplate, unsavedTemplateKey } from './unsaved-template';

/** Pause in typing after which the preview is made. */
const PREVIEW_AFTER_MS = 300;

/** Adds or changes a template of an app, against an example. Changes are kept in this browser until they are saved. */
@Component({
  selector: 'app-template-page',
  imports: [
    MatButton,
    MatFormFieldModule,
    MatInput,
    ReactiveFormsModule,
    Retry,
    RouterLink,
    Spoken,
    TemplatePreviewCard,
  ],
  templateUrl: './template-page.html',
  styleUrl: './template-page.scss',
})
export class TemplatePage implements OnInit {
  readonly #api = inject(HeraldApi);
  readonly #bar = inject(UndoBar);
  readonly #liveRegion = inject(LiveRegion);
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);
  readonly #destroyed = inject(DestroyRef);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #username = inject(Person).username;
  /** Id of the app, from the path. */
  readonly app = input.required({ transform: numberAttribute });
  /** Name of the template, from the path; absent when adding one. */
  readonly template = input<string>();
  private readonly titleField = viewChild<ElementRef<HTMLElement>>('titleField');
  readonly #templatesApi = computed(() => new AppTemplatesApi(this.#api, this.app()));
  protected readonly list = computed(() => ['/apps', this.app(), 'templates']);
  /** No validators: the server decides. */
  protected readonly form = inject(FormBuilder).nonNullable.group(newTemplateFields());
  readonly #fields = toSignal(this.form.valueChanges.pipe(map(() => this.form.getRawValue())), {
    initialValue: this.form.getRawValue(),
  });
  /** As the server has it, or as a new one begins. */
  readonly #stored = signal<UnsavedTemplate>({ fields: newTemplateFields(), changedAt: null });
  /** Version that the form replaces: an older one than the stored one, if somebody else has changed that. */
  #changedAt: string | null = null;
  readonly #drafts = computed(
    () =>
      new DraftKeeper<UnsavedTemplate>(
        unsavedTemplateKey(this.#username, this.app(), this.template()),
        parseUnsavedTemplate,
        ({ fields }) => areSameFields(fields, this.#stored().fields),
      ),
  );
  protected readonly isChanged = computed(() => !areSameFields(this.#fields(), this.#stored().fields));
  protected readonly isLoaded = signal(false);
  protected readonly isLoading = signal(false);
  protected readonly isRestored = signal(false);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  /** Null before the first one, and while it can't be made. */
  protected readonly preview = signal<TemplatePreview | null>(null);
  /** Reason for which there is no preview, unless it is at a field. */
  protected readonly noPreview = signal('');

  constructor() {
    this.form.valueChanges.pipe(takeUntilDestroyed()).subscribe(() => this.#drafts().keep(this.#unsaved()));
    merge(...this.#previewedControls().map(({ valueChanges }) => valueChanges))
      .pipe(
        switchMap(() => timer(PREVIEW_AFTER_MS).pipe(switchMap(() => this.#previewed()))),
        takeUntilDestroyed(),
      )
      .subscribe((previewed) => this.#showPreview(previewed));
  }

  ngOnInit(): void {
    void this.load();
  }

  protected async load(): Promise<void> {
    if (this.isLoading()) return;
    this.isLoading.set(true);
    this.problem.set('');
    try {
      await this.#readStored();
      this.#begin();
    } catch (error) {
      if (codeOf(error) === 'unknown_template' && this.#beginAnew()) return;
      const unreachable = $localize`:@@apps.unreachable:The server can’t be reached. Try again in a moment.`;
      this.problem.set((await refusalOf(error, unreachable)).message);
    } finally {
      this.isLoading.set(false);
    }
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
      const unsaved = this.#unsaved();
      const { name } = await this.#templatesApi().put(unsaved.fields.name.trim(), draft, unsaved.changedAt);
      // Also if the page was left meanwhile.
      this.#drafts().forget(unsaved);
      this.#liveRegion.announce($localize`:@@apps.saved:Saved: ${name}:name:`);
      if (!this.#destroyed.destroyed) await this.#router.navigate(this.list());
    } catch (error) {
      await this.#explain(error);
    } finally {
      this.isBusy.set(false);
    }
  }

  protected async discard(): Promise<void> {
    const unsaved = this.#unsaved();
    this.#restore(this.#stored());
    this.problem.set('');
    this.isRestored.set(false);
    this.titleField()?.nativeElement.focus();
    await this.#offer($localize`:@@compose.discarded:Draft discarded`, unsaved);
  }

  /** Says what was done with `unsaved`, which can be taken back. A text begun since then can be taken back likewise. */
  async #offer(text: string, unsaved: UnsavedTemplate): Promise<void> {
    const bar = await this.#bar.offer(text, async () => {
      const newer = this.isChanged() ? this.#unsaved() : null;
      this.#restore(unsaved);
      if (newer !== null) await this.#offer($localize`:@@compose.swapped:Your newer text was put aside`, newer);
    });
    // The form is gone then.
    if (this.#destroyed.destroyed) bar.dismiss();
    else this.#destroyed.onDestroy(() => bar.dismiss());
  }

  async #readStored(): Promise<void> {
    const name = this.template();
    if (name === undefined) return;
    const stored = await this.#templatesApi().get(name);
    this.#stored.set({ fields: templateFieldsOf(stored), changedAt: stored.changedAt });
  }

  /** Shows the draft, if there is one, and else the stored template. */
  #begin(): void {
    const draft = this.#drafts().read();
    this.#restore(draft ?? this.#stored());
    this.isRestored.set(draft !== null && this.isChanged());
    this.isLoaded.set(true);
  }

  /** Shows the draft of a template that was removed meanwhile. @returns false if there is none */
  #beginAnew(): boolean {
    const draft = this.#drafts().read();
    if (draft === null) return false;
    const { name } = draft.fields;
    this.#stored.set({ fields: { ...newTemplateFields(), name }, changedAt: null });
    this.#drafts().keep({ ...draft, changedAt: null });
    this.#begin();
    this.problem.set(removed().message);
    return true;
  }

  #restore({ fields, changedAt }: UnsavedTemplate): void {
    this.#changedAt = changedAt;
    this.form.setValue(fields);
    this.form.markAsUntouched();
  }

  #unsaved(): UnsavedTemplate {
    return { fields: this.form.getRawValue(), changedAt: this.#changedAt };
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

  /** All but the name, about which a preview says nothing. */
  #previewedControls(): FormControl<string>[] {
    const { name } = this.form.controls;
    return Object.values(this.form.controls).filter((control) => control !== name);
  }

  /** The preview of the form, or why there is none; null if the example is no JSON. */
  async #previewed(): Promise<TemplatePreview | Refused | null> {
    const draft = this.#draft();
    if (draft === null) return null;
    try {
      return await this.#templatesApi().preview(draft);
    } catch (error) {
      const unreachable = $localize`:@@template.noPreview:The server can’t be reached, so there is no preview.`;
      return refusalOf(error, unreachable);
    }
  }

  #showPreview(previewed: TemplatePreview | Refused | null): void {
    this.preview.set(previewed instanceof Refused ? null : previewed);
    this.noPreview.set('');
    if (previewed === null) return;
    for (const control of this.#previewedControls()) control.setErrors(null);
    if (!(previewed instanceof Refused)) return;
    this.noPreview.set(unplacedReason(previewed, showFieldErrors(this.form.controls, previewed.fields)));
  }

  async #explain(error: unknown): Promise<void> {
    const unanswered = $localize`:@@apps.notSaved:The server did not answer, so this may not have been saved. Try again in a moment.`;
    const code = codeOf(error);
    const refused = code === 'unknown_template' ? removed() : await refusalOf(error, unanswered);
    await this.#expectOther(code);
    if (this.#destroyed.destroyed) {
      await this.#bar.refuse(refused.fields[0]?.reason ?? refused.message);
      return;
    }
    this.problem.set(unplacedReason(refused, showFieldErrors(this.form.controls, refused.fields)));
    focusFirstFault(this.#element, this.#injector);
  }

  /** If somebody else has changed or removed the template, the next save replaces what there is now. */
  async #expectOther(code: string | undefined): Promise<void> {
    // Without an answer, the next save is refused once more.
    if (code === 'template_changed') await this.#readStored().catch(() => undefined);
    else if (code === 'unknown_template') this.#stored.update(({ fields }) => ({ fields, changedAt: null }));
    else return;
    this.#changedAt = this.#stored().changedAt;
    this.#drafts().keep(this.#unsaved());
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof HeraldError ? error.code : undefined;
}

function removed(): Refused {
  return new Refused($localize`:@@template.removed:This template was removed meanwhile. Save again to add it anew.`);
}

/** @param unplaced reasons that have no field here. @returns empty if the fields say it all */
function unplacedReason({ message, fields }: Refused, unplaced: readonly string[]): string {
  return fields.length > 0 && unplaced.length === 0 ? '' : (unplaced[0] ?? message);
}
