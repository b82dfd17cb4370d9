import { Retry } from '#app/a11y/retry';
import { Spoken } from '#app/a11y/spoken';
import { showFieldErrors } from '#app/forms/field-errors';
import { browserName } from '#app/platform/browser-name';
import { Chime } from '#app/platform/chime';
import { TestNotification } from '#app/notification/test-notification';
import { askPermission, permission } from '#app/platform/notification-permission';
import { showDesktopNotification } from '#app/platform/show-desktop-notification';
import { PreferencesStore } from '#app/preferences/preferences-store';
import { type FieldFault, Refused } from '#app/refusal/refusal';
import { Component, computed, effect, inject, signal } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { FormBuilder, ReactiveFormsModule } from '@angular/forms';
import { MatButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import { MatSlideToggle, type MatSlideToggleChange } from '@angular/material/slide-toggle';
import { type Attention, DEFAULT_PREFERENCES, type Preferences, type Priority } from '@herald/protocol';
import { CategoryRules } from './category-rules';
import { InstallEntry } from './install-entry';
import { LanguageChoice } from './language-choice';
import { createSettingsForm, preferencesIn, showPreferences, timeZones } from './settings-form';
import { ShortcutsChoice } from './shortcuts-choice';
import { QuietNow } from './quiet-now';
import { ThemeChoice } from './theme-choice';
import { Topics } from './topics';

/** The person's notification settings. Each change is saved at once. */
@Component({
  selector: 'app-settings-page',
  imports: [
    CategoryRules,
    InstallEntry,
    LanguageChoice,
    MatButton,
    MatFormFieldModule,
    MatInput,
    MatSelectModule,
    MatSlideToggle,
    QuietNow,
    ReactiveFormsModule,
    Retry,
    ShortcutsChoice,
    Spoken,
    TestNotification,
    ThemeChoice,
    Topics,
  ],
  templateUrl: './settings-page.html',
  styleUrls: ['./card.scss', './settings-page.scss'],
})
export class SettingsPage {
  readonly #store = inject(PreferencesStore);
  readonly #chime = inject(Chime);
  protected readonly thresholds: { value: Priority; label: string }[] = [
    { value: 'low', label: $localize`:@@settings.all:Everything` },
    { value: 'medium', label: $localize`:@@settings.mediumUp:Medium and high` },
    { value: 'high', label: $localize`:@@settings.highOnly:Only high` },
  ];
  /** No validators: the server decides. */
  protected readonly form = createSettingsForm(inject(FormBuilder).nonNullable);
  protected readonly value = toSignal(this.form.valueChanges, { initialValue: this.form.value });
  protected readonly rules = signal<Record<string, Attention>>(DEFAULT_PREFERENCES.categories);
  protected readonly zones = computed(() => timeZones(this.value().timeZone ?? 'UTC'));
  /** False while the defaults stand in: saving one change of those would overwrite every real setting. */
  protected readonly isKnown = computed(() => this.#store.preferences() !== null && !this.#store.isAssumed());
  protected readonly isReloading = signal(false);
  protected readonly isMissing = this.#store.isAssumed;
  protected readonly permission = signal(permission());
  /** Quiet hours that apply now; the form may have others, which are not saved yet. */
  protected readonly quietHours = computed(() => this.#store.preferences()?.quietHours ?? null);
  protected readonly desktopTried = signal('');
  protected readonly problem = signal('');
  protected readonly categoryProblem = signal('');
  protected readonly saved = signal('');
  /** The form is being filled from the store, so there is nothing to save. */
  #isShowing = false;
  #isSaving = false;
  #hasChanged = false;

  constructor() {
    effect(() => {
      const preferences = this.#store.preferences();
      if (preferences === null || this.#isSaving) return;
      this.#show(preferences);
    });
    this.form.valueChanges.pipe(takeUntilDestroyed()).subscribe(() => {
      if (!this.#isShowing) void this.#save();
    });
  }

  protected async reload(): Promise<void> {
    if (this.isReloading()) return;
    this.isReloading.set(true);
    await this.#store.reload();
    this.isReloading.set(false);
  }

  protected changeRules(rules: Record<string, Attention>): void {
    this.rules.set(rules);
    void this.#save();
  }

  protected turnSound(isOn: boolean): void {
    if (isOn) this.playSound();
  }

  protected playSound(): void {
    this.#chime.play('medium');
  }

  protected tryDesktop(): void {
    const body = $localize`:@@settings.desktop.sample:This is how notifications look on your desktop.`;
    const isShown = showDesktopNotification('Herald', { body, tag: browserName('try') });
    this.desktopTried.set(
      isShown
        ? $localize`:@@settings.desktop.tried:No notification? Your system may be blocking it. Check its notification settings.`
        : $localize`:@@settings.desktop.failed:This browser can’t show notifications from a page.`,
    );
  }

  /** Call only from a click: a browser asked at any other time denies permission for good. */
  protected async turnDesktop({ checked, source }: MatSlideToggleChange): Promise<void> {
    if (checked) await this.allow();
    source.checked = checked && this.permission() === 'granted';
    this.form.controls.desktop.setValue(source.checked);
  }

  protected async allow(): Promise<void> {
    this.permission.set(await askPermission());
  }

  #show(preferences: Preferences): void {
    this.#isShowing = true;
    showPreferences(this.form, preferences);
    this.#isShowing = false;
    this.rules.set(preferences.categories);
  }

  /** Restores the form after a failure without field errors, unless there are newer changes. */
  #showAsBefore(): void {
    const preferences = this.#store.preferences();
    if (preferences !== null && !this.#hasChanged) this.#show(preferences);
  }

  /** Sends one request at a time; changes made meanwhile go with the next. */
  async #save(): Promise<void> {
    this.#hasChanged = true;
    if (this.#isSaving) return;
    this.#isSaving = true;
    this.saved.set('');
    while (this.#hasChanged) {
      this.#hasChanged = false;
      await this.#send();
    }
    this.#isSaving = false;
  }

  async #send(): Promise<void> {
    try {
      await this.#store.change(preferencesIn(this.form, this.rules()));
      this.problem.set('');
      this.categoryProblem.set('');
      this.saved.set($localize`:@@settings.saved:Saved`);
    } catch (error) {
      const fields = error instanceof Refused ? error.fields : [];
      const ofCategory = fields.find(({ field }) => field === 'categories');
      this.categoryProblem.set(ofCategory?.reason ?? '');
      const ofForm = fields.filter((fault) => fault !== ofCategory).map(inForm);
      const unplaced = showFieldErrors(this.form.controls, ofForm);
      if (fields.length === 0) {
        this.problem.set(error instanceof Error ? error.message : String(error));
        this.#showAsBefore();
      } else
        this.problem.set(
          [$localize`:@@settings.notSaved:Not saved yet: see the fields marked below.`, ...unplaced].join(' '),
        );
    }
  }
}

/** Maps the server's `quietHours.from` to the form's `from`. */
function inForm({ field, reason }: FieldFault): FieldFault {
  return { field: field.replace(/^quietHours\./, ''), reason };
}
