import { isQuiet, timeIn } from '#app/preferences/quiet-hours';
import { Component, computed, input } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { QuietHours } from '@herald/protocol';
import { interval, map } from 'rxjs';

const LOOK_EVERY_MS = 5000;

/** Sentence that tells whether a notification that arrives now would alert the person. */
@Component({
  selector: 'app-quiet-now',
  template: `<p>{{ words() }}</p>`,
  styles: `
    p {
      padding-inline-start: 0.75rem;
      border-inline-start: 3px solid var(--accent);
      font-size: 0.875rem;
    }
  `,
})
export class QuietNow {
  readonly hours = input.required<QuietHours>();
  readonly #now = toSignal(interval(LOOK_EVERY_MS).pipe(map(() => Date.now())), { initialValue: Date.now() });
  protected readonly words = computed(() => quietNow(this.hours(), this.#now()));
}

/** @param now milliseconds since 1970 */
export function quietNow(hours: QuietHours, now: number): string {
  const { from, to, timeZone } = hours;
  const time = timeIn(timeZone, now);
  return isQuiet(hours, now)
    ? $localize`:@@settings.quiet.nowQuiet:It is ${time}:time: in this time zone: now only high priority alerts you. The rest is summed up at ${to}:to:.`
    : $localize`:@@settings.quiet.nowLoud:It is ${time}:time: in this time zone: now notifications alert you as usual, until ${from}:from:.`;
}
