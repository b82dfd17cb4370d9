import { focusAfterRemoval } from '#app/a11y/focus-after-removal';
import { LiveRegion } from '#app/a11y/live-region';
import { Retry } from '#app/a11y/retry';
import { Spoken } from '#app/a11y/spoken';
import { Dialogs } from '#app/dialog/dialogs';
import { Icon } from '#app/icon/icon';
import { refusalOf } from '#app/refusal/refusal';
import { Session } from '#app/session/session';
import { Component, inject, Injector, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { HeraldApi } from '@herald/client/api';
import type { Account } from '@herald/protocol';
import type { PersonDialogData } from './person-dialog';

const DIALOG = { width: '28rem', maxWidth: 'calc(100vw - 2rem)' };

/** List of accounts, for administrators. */
@Component({
  selector: 'app-people-page',
  imports: [MatButton, Icon, MatIconButton, MatMenuModule, Retry, Spoken],
  templateUrl: './people-page.html',
  styleUrl: './people-page.scss',
})
export class PeoplePage {
  readonly #api = inject(HeraldApi);
  readonly #dialogs = inject(Dialogs);
  readonly #liveRegion = inject(LiveRegion);
  readonly #injector = inject(Injector);
  protected readonly me = inject(Session).signedIn;
  /** Null until loaded. */
  protected readonly accounts = signal<readonly Account[] | null>(null);
  protected readonly problem = signal('');
  protected readonly isLoading = signal(false);
  /** Loading was tried, and has not succeeded since. */
  protected readonly hasFailed = signal(false);

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    if (this.isLoading()) return;
    this.isLoading.set(true);
    this.problem.set('');
    try {
      this.accounts.set(await this.#api.accounts());
    } catch (error) {
      this.hasFailed.set(true);
      this.problem.set(
        (await refusalOf(error, $localize`:@@people.unreachable:The server can’t be reached. Try again in a moment.`))
          .message,
      );
    } finally {
      this.isLoading.set(false);
    }
  }

  /** @param account null to add one */
  protected async edit(account: Account | null): Promise<void> {
    const data: PersonDialogData = { account, all: this.accounts() ?? [] };
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
