import { LiveRegion } from '#app/a11y/live-region';
import { DestroyRef, inject, Injectable } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { InboxItem } from '@herald/client/inbox';
import { type Announcement, Announcer } from './announcer';
import { spokenLate, spokenNews, spokenUrgent } from './spoken-words';

/** Time for collecting arrivals below high priority, so that a burst is one count. */
const COLLECT_MS = 500;
/** Minimum time between counts, so that a continuing flood leaves room for other announcements. */
const APART_MS = 5000;

/** Announces arrivals to screen readers in the leader tab, each once: high priority at once, the others collected. */
@Injectable()
export class ArrivalAnnouncements {
  readonly #liveRegion = inject(LiveRegion);
  #collected: { first: InboxItem | null; count: number } = { first: null, count: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAt = -Infinity;

  constructor() {
    inject(Announcer)
      .announcements.pipe(takeUntilDestroyed())
      .subscribe((announcement) => this.#take(announcement));
    inject(DestroyRef).onDestroy(() => this.#forget());
  }

  #take({ single, late, folded, summary }: Announcement): void {
    for (const line of spokenUrgent(single.filter(({ priority }) => priority === 'high')))
      this.#liveRegion.announce(line, 'assertive');
    if (late !== null) this.#liveRegion.announce(spokenLate(late), late.urgent > 0 ? 'assertive' : 'polite');
    if (summary !== null) this.#liveRegion.announce(summary);
    const calm = single.filter(({ priority }) => priority !== 'high');
    const counted = [...folded.values()].reduce((sum, count) => sum + count, calm.length);
    if (counted > 0) this.#collect(calm[0] ?? null, counted);
  }

  #collect(first: InboxItem | null, count: number): void {
    this.#collected = { first: this.#collected.first ?? first, count: this.#collected.count + count };
    this.#timer ??= setTimeout(() => this.#tell(), Math.max(COLLECT_MS, this.#lastAt + APART_MS - performance.now()));
  }

  #tell(): void {
    const { first, count } = this.#collected;
    this.#liveRegion.announce(spokenNews(first, count));
    this.#forget();
    this.#lastAt = performance.now();
  }

  #forget(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#collected = { first: null, count: 0 };
  }
}
