import { LiveRegion } from '#app/a11y/live-region';
import { Retry } from '#app/a11y/retry';
import { Spoken } from '#app/a11y/spoken';
import { Count } from '#app/i18n/count';
import { dayTime } from '#app/i18n/day-time';
import { Icon } from '#app/icon/icon';
import { InboxStore } from '#app/inbox/inbox-store';
import { Shortcuts } from '#app/preferences/shortcuts';
import { UndoBar } from '#app/undo/undo-bar';
import { BreakpointObserver } from '@angular/cdk/layout';
import {
  afterNextRender,
  Component,
  type ComponentRef,
  computed,
  effect,
  inject,
  Injector,
  input,
  linkedSignal,
  LOCALE_ID,
  outputBinding,
  signal,
  untracked,
  viewChild,
  ViewContainerRef,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { type InboxItem, isPlain, type Target, viewOf } from '@herald/client/inbox';
import type { View } from '@herald/protocol';
import { map, timer } from 'rxjs';
import { BulkBar, type BulkAct } from './bulk-bar';
import { NotificationDetail } from './detail/notification-detail';
import { announceFound } from './find/announce-found';
import { FilterBar } from './find/filter-bar';
import { SavedFilters } from './find/saved-filters';
import { filterOf, type FindParams, isNarrowed } from './find/filter-of';
import { totalOf } from './find/total-of';
import { InboxDialogs } from './inbox-dialogs';
import { ItemActions } from './item-actions';
import { type InboxKey, keyOf } from './keys';
import { EmptyList } from './list/empty-list';
import { type EntryRow, itemsIn } from './list/list-rows';
import { NotificationList } from './list/notification-list';
import type { RowAct } from './list/notification-row';
import { Selection } from './selection';
import { ShownItems } from './shown-items';
import type { SnoozeChoice, SnoozeMenu, SnoozeWish } from './snooze-menu';

/** From here on list and notification stand side by side. */
const WIDE = '(min-width: 1100px)';
/** Fewer than these may leave a tall screen unfilled. */
const FEW = 25;

/** A view of the notifications. The address says which: its filter, and which one is open. */
@Component({
  selector: 'app-inbox-page',
  imports: [BulkBar, Count, EmptyList, FilterBar, MatButton, Icon, NotificationDetail, NotificationList, Retry, Spoken],
  templateUrl: './inbox-page.html',
  styleUrl: './inbox-page.scss',
  host: { '(document:keydown)': 'heed($event)' },
  providers: [InboxDialogs, ItemActions, SavedFilters],
})
export class InboxPage {
  readonly view = input<View>('inbox');
  readonly q = input<string>();
  readonly unread = input<string>();
  readonly unconfirmed = input<string>();
  readonly priority = input<string>();
  readonly category = input<string>();
  readonly topic = input<string>();
  readonly sender = input<string>();
  readonly after = input<string>();
  readonly before = input<string>();
  /** Id of the notification that is open. */
  readonly open = input<string>();

  protected readonly store = inject(InboxStore);
  protected readonly actions = inject(ItemActions);
  protected readonly dialogs = inject(InboxDialogs);
  protected readonly shortcuts = inject(Shortcuts);
  /** Why the list did not load; it stays until another try has succeeded. */
  protected readonly failure = linkedSignal<{ now: string | null; isReady: boolean }, string | null>({
    source: () => ({ now: this.store.failure(), isReady: this.store.loading() === 'ready' }),
    computation: ({ now, isReady }, before) => (isReady ? null : (now ?? before?.value ?? null)),
  });
  readonly #bar = inject(UndoBar);
  readonly #liveRegion = inject(LiveRegion);
  readonly #router = inject(Router);
  readonly #injector = inject(Injector);
  /** Once it was wanted: menus are no part of the first load. */
  #snoozeMenu: ComponentRef<SnoozeMenu> | undefined;
  readonly #locale = inject(LOCALE_ID);
  protected readonly selection = new Selection();
  private readonly list = viewChild(NotificationList);
  private readonly menus = viewChild.required('menus', { read: ViewContainerRef });
  private readonly filterBar = viewChild.required(FilterBar);

  protected readonly now = toSignal(timer(0, 30_000).pipe(map(() => Date.now())), { initialValue: Date.now() });
  protected readonly isWide = toSignal(
    inject(BreakpointObserver)
      .observe(WIDE)
      .pipe(map(({ matches }) => matches)),
    { initialValue: false },
  );
  protected readonly params = computed<FindParams>(() => {
    const all = {
      q: this.q(),
      unread: this.unread(),
      unconfirmed: this.unconfirmed(),
      priority: this.priority(),
      category: this.category(),
      topic: this.topic(),
      sender: this.sender(),
      after: this.after(),
      before: this.before(),
    };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value));
  });
  protected readonly filter = computed(() => filterOf(this.view(), this.params()), {
    equal: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  readonly #shown = new ShownItems(this.store, {
    filter: this.filter,
    open: this.open,
    currentKey: computed(() => this.list()?.currentKey() ?? null),
  });
  protected readonly pinned = this.#shown.pinnedIds;
  protected readonly items = this.#shown.items;
  readonly #listed = this.#shown.ids;
  /** Whether the list had the focus when its last row left. */
  protected readonly hadFocus = signal(false);
  protected readonly isNarrowed = computed(() => isNarrowed(this.filter()));
  protected readonly ticked = computed<ReadonlySet<string>>(() => this.selection.among(this.#listed()));
  protected readonly isTickedRead = computed(() =>
    this.items().every(({ id, read }) => read || !this.ticked().has(id)),
  );
  /** Whether this browser keeps all of what is shown. */
  protected readonly isKept = computed(() => isPlain(this.filter()));
  /** When what is shown was true, while it is what was kept: with its day, where that is another one. */
  protected readonly asOf = computed(() => {
    const at = this.store.keptAt();
    if (at === null) return null;
    const isToday = new Date(at).toDateString() === new Date(this.now()).toDateString();
    return dayTime(at, isToday ? 'today' : 'year', this.#locale);
  });
  /** How many match; while all of them are meant, without those that came since. */
  protected readonly total = computed(() => {
    const total = totalOf(this.filter(), this.store.counts());
    return total === null ? null : total - this.selection.since(this.#listed());
  });
  /** Also during each new attempt, until one succeeds: the notice must not flicker. */
  protected readonly isOffline = linkedSignal<ReturnType<InboxStore['connection']>, boolean>({
    source: this.store.connection,
    computation: ({ state }, previous) => state === 'waiting' || (state === 'connecting' && previous?.value === true),
  });

  constructor() {
    effect(() => {
      const filter = this.filter();
      untracked(() => {
        if (JSON.stringify(filter) === JSON.stringify(this.store.filter())) return;
        this.selection.clear();
        this.store.show(filter);
      });
    });
    effect(() => {
      // A list that has become short, by what was put away, is filled up: it may be too short to be scrolled.
      const isShort = this.store.items().length < FEW && this.store.hasOlder() && this.store.loading() === 'ready';
      if (isShort) untracked(() => void this.store.loadOlder());
    });
    effect(() => this.selection.keep(this.#listed()));
    let hadRows = false;
    effect(() => {
      const hasRows = this.items().length > 0;
      // Effects run before the template changes, which removes the list together with its last row.
      if (hadRows && !hasRows) this.hadFocus.set(document.activeElement?.closest('app-notification-list') !== null);
      hadRows = hasRows;
    });
    let wasLoading = false;
    effect(() => {
      const loading = this.store.loading();
      if (wasLoading && loading === 'ready') untracked(() => this.#announceFound());
      wasLoading = loading === 'loading';
    });
    let wasOpen = false;
    effect(() => {
      const isOpen = this.open() !== undefined;
      // After a notification is closed, the list continues where it was opened.
      if (wasOpen && !isOpen) afterNextRender(() => this.list()?.resume(), { injector: this.#injector });
      wasOpen = isOpen;
    });
  }

  protected find(part: FindParams): void {
    const changes = Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value || null]));
    const isSearch = 'q' in part;
    void this.#router.navigate([], {
      // A row may have been opened in the pause after the last letter: a search leaves it open.
      queryParams: { ...changes, ...(!isSearch && { open: null }) },
      queryParamsHandling: 'merge',
      // All letters of one search are a single step in the browser's history.
      replaceUrl: isSearch && this.q() !== undefined,
    });
  }

  /** Later arrivals are announced on their own. */
  #announceFound(): void {
    if (this.isNarrowed()) announceFound(this.#liveRegion, this.store.items().length, this.store.hasOlder());
  }

  protected clear(): void {
    void this.#router.navigate([], { queryParams: {} });
  }

  protected show(id: string | null): void {
    const isNext = id !== null && this.open() !== undefined;
    void this.#router.navigate([], { queryParams: { open: id }, queryParamsHandling: 'merge', replaceUrl: isNext });
  }

  /** @param items notifications of one row */
  protected act(items: readonly InboxItem[], act: RowAct): void {
    const ids = items.map(({ id }) => id);
    const [first = ''] = ids;
    if (act === 'open') this.show(first);
    else if (act === 'confirm') void this.actions.confirm(first);
    else if (act === 'archive') this.actions.archive(ids);
    else if (act === 'restore') this.#restore(ids);
    else if (ids.length === 1) this.actions.setRead(first, act === 'read');
    else this.actions.setAllRead(ids, act === 'read');
  }

  protected actOnTicked(act: BulkAct): void {
    const target = this.selection.target();
    if (act === 'loaded') this.selection.all(this.#listed());
    else if (act === 'everything') this.selection.everything(this.#listed());
    else if (act === 'archive') this.actions.archive(target);
    else if (act === 'restore') this.#restore(target);
    else if (act !== 'none') this.actions.setAllRead(target, act === 'read');
    if (act !== 'loaded' && act !== 'everything') this.selection.clear();
  }

  protected async openSnooze(wish: SnoozeWish): Promise<void> {
    const { SnoozeMenu } = await import('./snooze-menu');
    this.#snoozeMenu ??= this.menus().createComponent(SnoozeMenu, {
      bindings: [outputBinding('chosen', (chosen: SnoozeChoice) => this.#snooze(chosen))],
    });
    this.#snoozeMenu.changeDetectorRef.detectChanges();
    this.#snoozeMenu.instance.open(wish);
  }

  #snooze({ ids, until }: SnoozeChoice): void {
    this.actions.snooze(ids ?? this.selection.target(), until);
    if (ids === null) this.selection.clear();
    // It covers the list, and it is put away.
    else if (this.open() !== undefined && !this.isWide()) this.show(null);
  }

  protected tick(items: readonly InboxItem[], isRange: boolean): void {
    const pinned = this.pinned();
    const listed = this.#listed();
    const inOrder = [...listed.filter((id) => pinned.has(id)), ...listed.filter((id) => !pinned.has(id))];
    this.selection.toggle(
      items.map(({ id }) => id),
      isRange,
      inOrder,
    );
  }

  protected heed(event: KeyboardEvent): void {
    const key = keyOf(event, this.shortcuts.isOn());
    // A pop-up is closed by Escape first.
    if (key === null || (key === 'Escape' && document.querySelector('app-toast') !== null)) return;
    if (this.#press(key)) event.preventDefault();
  }

  /** @returns whether the key meant anything */
  #press(key: InboxKey): boolean {
    if (key === '/') this.filterBar().focusSearch();
    else if (key === '?') void this.dialogs.showKeys();
    else if (key === 'z') void this.#bar.undo();
    else if (key === 'j' || key === 'k') this.#go(key === 'j' ? 1 : -1);
    else if (key === 'Escape') return this.#leave();
    else return this.#pressOn(this.list()?.current() ?? null, key);
    return true;
  }

  #go(by: 1 | -1): void {
    const row = this.list()?.move(by);
    // The pane beside the list follows.
    if (row?.kind === 'one' && this.isWide() && this.open() !== undefined) this.show(row.item.id);
  }

  #leave(): boolean {
    if (this.selection.count() > 0) this.selection.clear();
    else if (this.open() !== undefined) this.show(null);
    else return false;
    return true;
  }

  #pressOn(row: EntryRow | null, key: Exclude<InboxKey, 'j' | 'k' | 'z' | '/' | '?' | 'Escape'>): boolean {
    const isInList = this.isWide() || this.open() === undefined;
    const open = this.store.known(this.open() ?? '');
    const items = isInList ? (row === null ? [] : itemsIn(row)) : open === undefined ? [] : [open];
    if (items.length === 0) return false;
    const isInInbox = items.every((item) => viewOf(item) === 'inbox');
    if (key === 'u') this.act(items, items.every(({ read }) => read) ? 'unread' : 'read');
    else if (key === 'x') this.tick(items, false);
    else if (key === 's' && isInInbox && row !== null && itemsIn(row)[0] === items[0]) this.list()?.openSnooze(row);
    else if (key === 'e') this.act(items, isInInbox ? 'archive' : 'restore');
    return true;
  }

  #restore(ids: Target): void {
    if (this.view() === 'snoozed') this.actions.wake(ids);
    else this.actions.unarchive(ids);
  }
}
