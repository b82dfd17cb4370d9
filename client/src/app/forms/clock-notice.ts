import { DeviceClock } from '#app/platform/device-clock';
import { Component, computed, inject, LOCALE_ID } from '@angular/core';

/** Beside fields for a time: says that the clock of this device is wrong. */
@Component({
  selector: 'app-clock-notice',
  template: `@if (words(); as words) {<p>{{ words }}</p>}`,
  styles: `
    p {
      padding: 0.5rem 0.75rem;
      border-radius: var(--radius);
      background: var(--medium-soft);
      color: var(--medium);
      font-size: 0.875rem;
    }
  `,
})
export class ClockNotice {
  readonly #clock = inject(DeviceClock);
  readonly #locale = inject(LOCALE_ID);
  protected readonly words = computed(() => {
    const minutes = Math.round(this.#clock.aheadMs() / 60_000);
    if (minutes === 0) return null;
    const by = new Intl.NumberFormat(this.#locale, { style: 'unit', unit: 'minute', unitDisplay: 'long' });
    const off = by.format(Math.abs(minutes));
    return minutes > 0
      ? $localize`:@@clock.ahead:The clock of this device is ${off}:minutes: fast. Herald uses the right time.`
      : $localize`:@@clock.behind:The clock of this device is ${off}:minutes: slow. Herald uses the right time.`;
  });
}
