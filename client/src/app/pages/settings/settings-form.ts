import type { FormControl, FormGroup, NonNullableFormBuilder } from '@angular/forms';
import {
  type Attention,
  type Attentiveness,
  DEFAULT_PREFERENCES,
  type Preferences,
  type Priority,
  type QuietHours,
} from '@herald/protocol';

/** Fields of the form. The quiet-hours fields exist even while quiet hours are off. */
export type SettingsForm = FormGroup<{
  minToast: FormControl<Priority>;
  minSound: FormControl<Priority>;
  sound: FormControl<boolean>;
  desktop: FormControl<boolean>;
  isQuiet: FormControl<boolean>;
  from: FormControl<string>;
  to: FormControl<string>;
  timeZone: FormControl<string>;
}>;

/** Default quiet hours, on this machine's clock. */
const NIGHT: Omit<QuietHours, 'timeZone'> = { from: '22:00', to: '07:00' };

export function createSettingsForm(builder: NonNullableFormBuilder): SettingsForm {
  const { minToast, minSound, sound, desktop } = DEFAULT_PREFERENCES;
  return builder.group({
    minToast: builder.control(minToast),
    minSound: builder.control(minSound),
    sound: builder.control(sound),
    desktop: builder.control(desktop),
    isQuiet: builder.control(false),
    // A time is typed in parts and is invalid until both are there.
    from: builder.control(NIGHT.from, { updateOn: 'blur' }),
    to: builder.control(NIGHT.to, { updateOn: 'blur' }),
    timeZone: builder.control(localTimeZone()),
  });
}

/** Leaves fields alone whose value stays: someone may be typing in one, and its value changes only on blur. */
export function showPreferences(
  form: SettingsForm,
  { quietHours, minToast, minSound, sound, desktop }: Preferences,
): void {
  const shown = form.getRawValue();
  const stored = { minToast, minSound, sound, desktop, isQuiet: quietHours !== null, ...quietHours };
  const changes = Object.entries(stored).filter(([name, value]) => shown[name as keyof typeof shown] !== value);
  form.patchValue(Object.fromEntries(changes));
}

export function preferencesIn(form: SettingsForm, categories: Record<string, Attention>): Attentiveness {
  const { isQuiet, from, to, timeZone, ...rest } = form.getRawValue();
  return { ...rest, categories, quietHours: isQuiet ? { from, to, timeZone } : null };
}

/** Time zones that this browser knows, plus the one in use. */
export function timeZones(inUse: string): string[] {
  const zones = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', inUse]);
  return [...zones].sort();
}

function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
