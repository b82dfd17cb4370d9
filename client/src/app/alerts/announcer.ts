import { InboxStore } from '#app/inbox/inbox-store';
import { Chime } from '#app/platform/chime';
import { PreferencesStore } from '#app/preferences/preferences-store';
import { isQuiet } from '#app/preferences/quiet-hours';
import { Person } from '#app/session/person';
import { effect, inject, Injectable, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { InboxItem } from '@herald/client/inbox';
import type { Preferences } from '@herald/protocol';
import { interval, type Observable, Subject } from 'rxjs';
import { attend } from './attend';
import { DesktopNotifications } from './desktop-notifications';
import type { FloodGauge } from './flood';
import { addHeldBack, forgetHeldBack, heldBackText, readHeldBack, storeHeldBack } from './held-back';
import { TabLeader } from './tab-leader';

/** Time for which a tab keeps arrivals while another is leader, in case the leader closes before it announces them. */
const KEPT_MS = 5000;
/** Remembered ids that other tabs have announced: a notification that reaches this tab afterwards is not repeated. */
const ELSEWHERE_MAX = 5000;
/** Quiet hours begin and end on a minute. */
const LOOK_EVERY_MS = 60_000;

/** News to present to the person. */
export interface Announcement {
  /** To show one by one, in order of arrival. */
  single: readonly InboxItem[];
  /** Arrivals from while the page was away, if there are several, and how many are of high priority. */
  late: { count: number; urgent: number } | null;
  /** Counts of floods, by category. */
  folded: ReadonlyMap<string, number>;
  /** Summary of the quiet hours that have ended. */
  summary: string | null;
}

/**
 * Presents arrivals according to the person's preferences, in one tab of the browser: as a sound, a toast, a count or
 * not at all.
 */
@Injectable()
export class Announcer {
  readonly #store = inject(InboxStore);
  readonly #preferences = inject(PreferencesStore).preferences;
  readonly #username = inject(Person).username;
  readonly #leader = inject(TabLeader);
  readonly #chime = inject(Chime);
  readonly #desktop = inject(DesktopNotifications);
  readonly #announcements = new Subject<Announcement>();
  #waiting: { item: InboxItem; until: number }[] = [];
  readonly #announcedElsewhere = new Set<string>();
  #gauge: FloodGauge = new Map();

  readonly announcements: Observable<Announcement> = this.#announcements;

  constructor() {
    this.#store.arrivals.pipe(takeUntilDestroyed()).subscribe(({ items }) => {
      const until = this.#leader.isLeader() ? Infinity : performance.now() + KEPT_MS;
      this.#waiting.push(...items.map((item) => ({ item, until })));
      this.#announce();
    });
    this.#leader.announced.pipe(takeUntilDestroyed()).subscribe((ids) => this.#noteAnnounced(ids));
    interval(LOOK_EVERY_MS)
      .pipe(takeUntilDestroyed())
      .subscribe(() => this.#announce());
    effect(() => {
      if (this.#preferences() !== null && this.#leader.isLeader()) untracked(() => this.#announce());
    });
  }

  #noteAnnounced(ids: readonly string[]): void {
    for (const id of ids) this.#announcedElsewhere.add(id);
    // A Set iterates in insertion order, so the oldest ids go first.
    for (const id of this.#announcedElsewhere) {
      if (this.#announcedElsewhere.size <= ELSEWHERE_MAX) return;
      this.#announcedElsewhere.delete(id);
    }
  }

  #announce(): void {
    const preferences = this.#preferences();
    if (preferences === null) return;
    this.#waiting = this.#waiting.filter(
      ({ item, until }) => performance.now() < until && !this.#announcedElsewhere.has(item.id),
    );
    if (!this.#leader.isLeader()) return;
    const arrived = this.#waiting.map(({ item }) => item);
    this.#waiting = [];
    if (arrived.length > 0) this.#leader.tell(arrived.map(({ id }) => id));
    this.#tell(arrived, preferences, Date.now());
  }

  #tell(arrived: readonly InboxItem[], preferences: Preferences, now: number): void {
    const { gauge, single, late, folded, held, sound } = attend(this.#gauge, arrived, preferences, now);
    this.#gauge = gauge;
    const summary = holdBack(this.#username, held, isQuiet(preferences.quietHours, now));
    const counts = new Map([...folded].map(([category, items]) => [category, items.length]));
    if (single.length + late.length + counts.size > 0 || summary !== null) {
      this.#announcements.next({ single, late: countLate(late), folded: counts, summary });
    }
    if (sound !== null) this.#chime.play(sound);
    const counted = [...counts.values()].reduce((sum, count) => sum + count, late.length);
    if (preferences.desktop) this.#desktop.show(single, counted);
  }
}

function countLate(late: readonly InboxItem[]): Announcement['late'] {
  if (late.length === 0) return null;
  return { count: late.length, urgent: late.filter(({ priority }) => priority === 'high').length };
}

/** Adds to the count of held-back notifications; after quiet hours, returns a summary and resets the count. */
function holdBack(username: string, items: readonly InboxItem[], isQuietNow: boolean): string | null {
  const before = readHeldBack(username);
  const held = addHeldBack(
    before,
    items.map(({ priority }) => priority),
  );
  if (isQuietNow) {
    if (items.length > 0) storeHeldBack(username, held);
    return null;
  }
  forgetHeldBack(username);
  return heldBackText(held);
}
