import { BreakpointObserver } from '@angular/cdk/layout';
import { CdkVirtualForOf, CdkVirtualScrollViewport, VIRTUAL_SCROLL_STRATEGY } from '@angular/cdk/scrolling';
import {
  afterEveryRender,
  afterNextRender,
  afterRenderEffect,
  ApplicationRef,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  input,
  LOCALE_ID,
  output,
  signal,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { InboxItem } from '@herald/client/inbox';
import { map } from 'rxjs';
import type { SnoozeWish } from '../snooze-menu';
import { FoldedRow } from './folded-row';
import { type EntryRow, itemsIn, listRows, type ListRow } from './list-rows';
import { NewAbove } from './new-above';
import { NotificationRow, type RowAct } from './notification-row';
import { RowScroll } from './row-scroll';

/** Rows from the end at which older ones are asked for. */
const NEAR_END = 15;
/** Rows that are kept to be drawn again as others: about as many as are drawn, so that a leap makes none anew. */
const KEPT = 60;

/** Notifications day by day, of which only those that are seen are drawn. One of them is current: where the keyboard is. */
@Component({
  selector: 'app-notification-list',
  imports: [CdkVirtualForOf, CdkVirtualScrollViewport, FoldedRow, NewAbove, NotificationRow],
  templateUrl: './notification-list.html',
  styleUrl: './notification-list.scss',
  providers: [{ provide: VIRTUAL_SCROLL_STRATEGY, useFactory: () => inject(NotificationList).scroll }],
  host: {
    '(focusin)': 'follow($event)',
    '(focusout)': 'leave($event)',
    '(window:beforeprint)': 'drawAll()',
    '(window:afterprint)': 'scroll.drawSeen()',
  },
})
export class NotificationList {
  readonly items = input.required<readonly InboxItem[]>();
  readonly now = input.required<number>();
  readonly hasOlder = input(false);
  readonly ticked = input.required<ReadonlySet<string>>();
  /** Ids of the notifications that stand above all others. */
  readonly pinned = input.required<ReadonlySet<string>>();
  /** Id of what the pane beside the list shows. */
  readonly shown = input<string>();
  readonly act = output<{ items: readonly InboxItem[]; act: RowAct }>();
  readonly tick = output<{ items: readonly InboxItem[]; isRange: boolean }>();
  readonly snooze = output<SnoozeWish>();
  readonly nearEnd = output();

  readonly scroll = new RowScroll();
  protected readonly kept = KEPT;
  /** Where nothing can hover, buttons that wait for that would be made in vain. */
  protected readonly isTouch = toSignal(
    inject(BreakpointObserver)
      .observe('(hover: none)')
      .pipe(map(({ matches }) => matches)),
    { initialValue: false },
  );
  readonly #app = inject(ApplicationRef);
  readonly #locale = inject(LOCALE_ID);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #openFolds = signal<ReadonlySet<string>>(new Set());
  readonly #current = signal<string | null>(null);
  /** The keyboard is in the list; what it was on may go. */
  #hasFocus = false;
  /** Key of the row that gets the focus once it is drawn, and the element that had it when it was asked for. */
  #awaited: { key: string; from: Element | null } | null = null;
  /** Key of the row where the keyboard was last, whether it is still there or not. */
  readonly currentKey = this.#current.asReadonly();
  private readonly viewport = viewChild.required(CdkVirtualScrollViewport);

  protected readonly rows = computed<ListRow[]>(() =>
    listRows(this.items(), { openFolds: this.#openFolds(), pinned: this.pinned() }, this.now(), this.#locale),
  );
  readonly #entries = computed(() => this.rows().filter((row): row is EntryRow => row.kind !== 'label'));
  protected readonly total = computed(() => (this.hasOlder() ? -1 : this.#entries().length));
  /** Where the keyboard is, or the next best place if that one has gone. */
  readonly current = computed(() => this.#entries().find(({ key }) => key === this.#current()) ?? null);
  #place = 0;

  constructor() {
    // Before the viewport gets the rows.
    effect(() => this.scroll.layOut(this.rows()));
    afterRenderEffect(() => {
      this.rows();
      this.scroll.refresh();
      this.#keepFocus();
    });
    // A row that is far away is drawn several renders later.
    afterEveryRender(() => this.#focusAwaited());
    // Once there was a frame with what is seen.
    afterNextRender(() => requestAnimationFrame(() => setTimeout(() => this.scroll.drawBeyond())));
    effect((onCleanup) => {
      const near = this.scroll.scrolledIndexChange.subscribe((first) => {
        const { end } = this.viewport().getRenderedRange();
        if (Math.max(first, end) >= this.rows().length - NEAR_END) this.nearEnd.emit();
      });
      onCleanup(() => near.unsubscribe());
    });
  }

  /** Goes on to the next one (1) or back to the one before (-1), and there with the focus. @returns where it is now */
  move(by: 1 | -1): EntryRow | null {
    const entries = this.#entries();
    const at = entries.findIndex(({ key }) => key === this.#current());
    const next = at < 0 ? Math.min(this.#place, entries.length - 1) : at + by;
    const row = entries[next];
    if (row === undefined) return this.current();
    this.#goTo(row);
    return row;
  }

  /** Gives the focus back to the row where it was, or that has taken its place; whoever has it elsewhere keeps it. */
  resume(): void {
    if (document.activeElement !== document.body && document.activeElement !== null) return;
    const row = this.current() ?? this.#entries()[Math.min(this.#place, this.#entries().length - 1)];
    if (row !== undefined) this.#goTo(row);
  }

  /**
   * Opens the menu for all notifications of a row. When it closes, the focus returns to the row.
   * @param at by default the row's button, or the row itself where buttons are not made
   */
  openSnooze(row: EntryRow, at?: HTMLElement): void {
    const place = `[data-key="${CSS.escape(row.key)}"]`;
    const entry = this.#element.querySelector<HTMLElement>(`${place} .entry`);
    if (entry === null) return;
    const button = this.#element.querySelector<HTMLElement>(`${place} [aria-haspopup='menu']`);
    const ids = itemsIn(row).map(({ id }) => id);
    this.snooze.emit(at === undefined ? { ids, at: button ?? entry, after: entry } : { ids, at });
  }

  toggle({ key }: { key: string }): void {
    this.#openFolds.update((open) => new Set(open.has(key) ? [...open].filter((one) => one !== key) : [...open, key]));
  }

  /** The browser prints what is there when this returns. */
  protected drawAll(): void {
    this.scroll.drawAll();
    this.#app.tick();
  }

  protected toTop(): void {
    const [first] = this.#entries();
    if (first !== undefined) this.#goTo(first);
  }

  protected keyOf(_: number, row: ListRow): string {
    return row.key;
  }

  protected follow(event: Event): void {
    const key = keyAround(event.target as HTMLElement);
    if (key === null) return;
    this.#hasFocus = true;
    this.#current.set(key);
    this.#place = this.#entries().findIndex(({ key }) => key === this.#current());
  }

  protected leave({ target }: FocusEvent): void {
    const element = target as HTMLElement;
    const key = keyAround(element);
    // A removed element loses the focus as well, which shows only after it is removed or reused for another row.
    queueMicrotask(() => {
      if (element.isConnected && keyAround(element) === key && !element.matches(':focus'))
        this.#hasFocus = this.#element.matches(':focus-within');
    });
  }

  #goTo(row: EntryRow): void {
    this.#current.set(row.key);
    this.#place = this.#entries().indexOf(row);
    this.scroll.scrollToIndex(this.rows().indexOf(row));
    this.#awaited = { key: row.key, from: document.activeElement };
    this.#focusAwaited();
  }

  #focusAwaited(): void {
    if (this.#awaited === null) return;
    const { key, from } = this.#awaited;
    if (this.current()?.key !== key) {
      // The row has gone, or the person went elsewhere in the list.
      this.#awaited = null;
      return;
    }
    const isElsewhere = ![from, document.body, null].includes(document.activeElement);
    const link = this.#element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"] .entry`);
    if (isElsewhere || link !== null) this.#awaited = null;
    if (!isElsewhere) link?.focus({ preventScroll: true });
  }

  /** Moves the focus to the row that took the place of a removed one. */
  #keepFocus(): void {
    if (!this.#hasFocus || this.current() !== null) return;
    const row = this.#entries()[Math.min(this.#place, this.#entries().length - 1)];
    const { start, end } = this.viewport().getRenderedRange();
    const at = row === undefined ? -1 : this.rows().indexOf(row);
    // The list does not scroll back if the person has scrolled away meanwhile.
    if (row !== undefined && at >= start && at < end) this.#goTo(row);
  }
}

function keyAround(element: Element | null): string | null {
  return element?.closest('[data-key]')?.getAttribute('data-key') ?? null;
}
