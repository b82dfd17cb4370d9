import { focusAfterRemoval } from '#app/a11y/focus-after-removal';
import { LiveRegion } from '#app/a11y/live-region';
import { Retry } from '#app/a11y/retry';
import { Spoken } from '#app/a11y/spoken';
import { Dialogs } from '#app/dialog/dialogs';
import { relativeTime } from '#app/i18n/relative-time';
import { Face } from '#app/icon/face';
import { Icon } from '#app/icon/icon';
import { refusalOf } from '#app/refusal/refusal';
import { Session } from '#app/session/session';
import { Component, inject, Injector, LOCALE_ID, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatMenuModule } from '@angular/material/menu';
import { HeraldApi } from '@herald/client/api';
import { type Account, NAME_MAX } from '@herald/protocol';
import { debounceTime, distinctUntilChanged, map, Subject } from 'rxjs';
import type { PersonDialogData } from './person-dialog';

const TYPING_MS = 200;
/** The server knows it to the hour, so somebody who is connected was seen within this time. */
const LATELY_MS = 3_660_000;
const DIALOG = { width: '28rem', maxWidth: 'calc(100vw - 2rem)' };

/** List of accounts, for administrators. */
@Component({
  selector: 'app-people-page',
  imports: [Face, Icon, MatButton, MatFormFieldModule, MatIconButton, MatInput, MatMenuModule, Retry, Spoken],
  templateUrl: './people-page.html',
  styleUrl: './people-page.scss',
})
export class PeoplePage {
  readonly #api = inject(HeraldApi);
  readonly #dialogs = inject(Dialogs);
  readonly #liveRegion = inject(LiveRegion);
  readonly #injector = inject(Injector);
  readonly #locale = inject(LOCALE_ID);
  protected readonly me = inject(Session).signedIn;
  protected readonly max = NAME_MAX;
  /** Null until loaded. */
  protected readonly accounts = signal<readonly Account[] | null>(null);
  protected readonly hasMore = signal(false);
  protected readonly problem = signal('');
  protected readonly isLoading = signal(false);
  /** Loading was tried, and has not succeeded since. */
  protected readonly hasFailed = signal(false);
  /** Part of a name, as typed. */
  protected readonly typed = new Subject<string>();
  protected readonly part = signal('');
  /** Counts the searches: an answer to an earlier one is dropped. */
  #searches = 0;

  constructor() {
    this.typed
      .pipe(
        debounceTime(TYPING_MS),
        map((text) => text.trim()),
        distinctUntilChanged(),
        takeUntilDestroyed(),
      )
      .subscribe((part) => {
        this.part.set(part);
        void this.load();
      });
    void this.load();
  }

  protected seen({ lastSeenAt }: Account): string {
    if (lastSeenAt === undefined) return $localize`:@@people.neverSeen:Not seen yet`;
    const now = Date.now();
    if (now - Date.parse(lastSeenAt) < LATELY_MS) return $localize`:@@people.seenLately:Seen within the last hour`;
    const when = relativeTime(lastSeenAt, now, this.#locale);
    return $localize`:@@people.seen:Last seen ${when}:when:`;
  }

  /** Loads the first page of the current search. */
  protected load(): Promise<void> {
    return this.#read(null);
  }

  protected loadMore(): Promise<void> {
    return this.#read(this.accounts()?.at(-1)?.username ?? null);
  }

  async #read(after: string | null): Promise<void> {
    const search = (this.#searches += 1);
    this.isLoading.set(true);
    this.problem.set('');
    try {
      const { items, hasMore } = await this.#api.accounts(this.part(), after);
      if (search !== this.#searches) return;
      this.accounts.update((before) => [...(after === null ? [] : (before ?? [])), ...items]);
      this.hasMore.set(hasMore);
      this.hasFailed.set(false);
    } catch (error) {
      if (search !== this.#searches) return;
      this.hasFailed.set(true);
      this.problem.set(
        (await refusalOf(error, $localize`:@@people.unreachable:The server can’t be reached. Try again in a moment.`))
          .message,
      );
    } finally {
      if (search === this.#searches) this.isLoading.set(false);
    }
  }

  /** @param account null to add one */
  protected async edit(account: Account | null): Promise<void> {
    const data: PersonDialogData = { account };
    const saved = await this.#dialogs.open<Account>(() => import('./person-dialog').then((file) => file.PersonDialog), {
      ...DIALOG,
      injector: this.#injector,
      data,
    });
    if (saved === undefined) return;
    const others = (this.accounts() ?? []).filter(({ username }) => username !== saved.username);
    this.accounts.set([...others, saved].sort((a, b) => (a.username < b.username ? -1 : 1)));
    this.#liveRegion.announce($localize`:@@people.saved:Saved: ${saved.username}:name:`);
  }

  protected async remove({ username }: Account, index: number, list: HTMLElement, heading: HTMLElement): Promise<void> {
    const isRemoved = await this.#dialogs.open<boolean>(
      () => import('./remove-dialog').then((file) => file.RemoveDialog),
      { ...DIALOG, injector: this.#injector, data: username },
    );
    if (isRemoved !== true) return;
    this.accounts.update((accounts) => accounts?.filter((account) => account.username !== username) ?? null);
    focusAfterRemoval(list, index, heading, this.#injector);
    this.#liveRegion.announce($localize`:@@people.removed:Removed: ${username}:name:`);
  }
}
