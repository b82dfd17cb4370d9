import { type CdkVirtualScrollViewport, type VirtualScrollStrategy } from '@angular/cdk/scrolling';
import { distinctUntilChanged, Subject } from 'rxjs';
import type { ListRow } from './list-rows';

/** Size of the letters that the person has chosen for the browser, as a multiple of the usual 16 px. */
const SCALE = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
/** Heights in px, fixed so that ten thousand rows need no measuring. The stylesheets have the same, in rem. */
export const LABEL_HEIGHT = 36 * SCALE;
export const ENTRY_HEIGHT = 84 * SCALE;
/** Height that is drawn beyond each edge of what is seen. */
const DRAWN_BEYOND = 10 * ENTRY_HEIGHT;
/** If less than this is drawn beyond an edge, more is drawn. */
const LEFT_BEYOND = 4 * ENTRY_HEIGHT;
/** Rows, from the topmost seen, of which the first that still exists anchors the scroll. */
const ANCHORS = 12;

/**
 * Draws only the rows that are seen and some beyond, for rows of two heights. New rows above do not push away the
 * row that is being read.
 */
export class RowScroll implements VirtualScrollStrategy {
  readonly #index = new Subject<number>();
  readonly scrolledIndexChange = this.#index.pipe(distinctUntilChanged());
  #viewport: CdkVirtualScrollViewport | null = null;
  #rows: readonly ListRow[] = [];
  /** Where each row begins; the last is the height of all. */
  #tops: readonly number[] = [0];
  #scrollTo: number | null = null;
  #beyond = 0;
  /** All rows are drawn, for printing. */
  #isWhole = false;

  attach(viewport: CdkVirtualScrollViewport): void {
    this.#viewport = viewport;
    this.refresh();
  }

  detach(): void {
    this.#viewport = null;
    this.#index.complete();
  }

  /** Draws beyond the edges from now on. Before, only what is seen is drawn, so that it appears sooner. */
  drawBeyond(): void {
    this.#beyond = DRAWN_BEYOND;
    this.#draw(true);
  }

  /** Draws all rows for printing, also those that come, until `drawSeen`. */
  drawAll(): void {
    this.#isWhole = true;
    this.#draw(true);
  }

  drawSeen(): void {
    this.#isWhole = false;
    this.#draw(true);
  }

  /** Takes the rows that the viewport is about to be given. */
  layOut(rows: readonly ListRow[]): void {
    const before = { rows: this.#rows, tops: this.#tops };
    const tops = [0];
    for (const { kind } of rows) tops.push((tops.at(-1) ?? 0) + (kind === 'label' ? LABEL_HEIGHT : ENTRY_HEIGHT));
    this.#rows = rows;
    this.#tops = tops;
    this.#scrollTo = this.#whereItWas(before.rows, before.tops);
  }

  /** Brings the drawn rows in line with the laid out ones. */
  refresh(): void {
    const viewport = this.#viewport;
    if (viewport === null) return;
    viewport.setTotalContentSize(this.#tops.at(-1) ?? 0);
    if (this.#scrollTo !== null) viewport.scrollToOffset(this.#scrollTo);
    this.#scrollTo = null;
    this.#draw(true);
  }

  onContentScrolled(): void {
    this.#draw(false);
  }

  onDataLengthChanged(): void {
    this.refresh();
  }

  onContentRendered(): void {
    // Heights are known beforehand.
  }

  onRenderedOffsetChanged(): void {
    // It is only ever set here.
  }

  /** Scrolls no further than it takes to see all of the row, and of the label above it. */
  scrollToIndex(index: number, behavior: ScrollBehavior = 'auto'): void {
    const viewport = this.#viewport;
    if (viewport === null) return;
    const top = this.#top(this.#rows[index - 1]?.kind === 'label' ? index - 1 : index);
    const end = this.#top(index + 1) - viewport.getViewportSize();
    const at = viewport.measureScrollOffset();
    if (at > top) viewport.scrollToOffset(top, behavior);
    else if (at < end) viewport.scrollToOffset(end, behavior);
  }

  #top(index: number): number {
    return this.#tops[index] ?? this.#tops.at(-1) ?? 0;
  }

  #draw(isForced: boolean): void {
    const viewport = this.#viewport;
    if (viewport === null) return;
    if (this.#isWhole) {
      viewport.setRenderedRange({ start: 0, end: this.#rows.length });
      viewport.setRenderedContentOffset(0);
      return;
    }
    const from = viewport.measureScrollOffset();
    const to = from + viewport.getViewportSize();
    const { start, end } = viewport.getRenderedRange();
    const isEnough =
      (start === 0 || this.#top(start) <= from - LEFT_BEYOND) &&
      (end === this.#rows.length || this.#top(end) >= to + LEFT_BEYOND);
    if (isForced || !isEnough) {
      const range = {
        start: this.#at(from - this.#beyond),
        end: Math.min(this.#rows.length, this.#at(to + this.#beyond) + 1),
      };
      viewport.setRenderedRange(range);
      viewport.setRenderedContentOffset(this.#top(range.start));
    }
    this.#index.next(this.#at(from));
  }

  /** Index of the row at this height. */
  #at(height: number): number {
    let [low, high] = [0, Math.max(0, this.#rows.length - 1)];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#top(middle) <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Offset that keeps the topmost seen row in place; null at the very top, or if no anchor is left. */
  #whereItWas(rows: readonly ListRow[], tops: readonly number[]): number | null {
    const at = this.#viewport?.measureScrollOffset() ?? 0;
    if (at <= 0) return null;
    const first = Math.max(
      0,
      tops.findLastIndex((top) => top <= at),
    );
    for (let i = first; i < Math.min(first + ANCHORS, rows.length); i++) {
      const now = rows[i]?.kind === 'label' ? -1 : this.#rows.findIndex(({ key }) => key === rows[i]?.key);
      if (now >= 0) return Math.max(0, at + this.#top(now) - (tops[i] ?? 0));
    }
    return null;
  }
}
