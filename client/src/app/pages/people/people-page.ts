import { focusAfterRemoval } from '#app/a11y/focus-after-removal';
import { LiveRegion } from '#app/a11y/live-region';
import { Spoken } from '#app/a11y/spoken';
import { Icon } from '#app/icon/icon';
import { refusalOf } from '#app/refusal/refusal';
import { Session } from '#app/session/session';
import { Component, inject, Injector, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatDialog } from '@angular/material/dialog';
import { MatMenuModule } from '@angular/material/menu';
import { HeraldApi } from '@herald/client/api';
import type { Account } from '@herald/protocol';
import { firstValueFrom } from 'rxjs';
import { PersonDialog, type PersonDialogData } from './person-dialog';
import { RemoveDialog } from './remove-dialog';

const DIALOG = { width: '28rem', maxWidth: 'calc(100vw - 2rem)' };

/** List of accounts, for administrators. */
@Component({
  selector: 'app-people-page',
  imports: [MatButton, Icon, MatIconButton, MatMenuModule, Spoken],
  templateUrl: './people-page.html',
  styleUrl: './people-page.scss',
})
export class PeoplePage {
  readonly #api = inject(HeraldApi);
  readonly #dialog = inject(MatDialog);
  readonly #liveRegion = inject(LiveRegion);
  readonly #injector = inject(Injector);
  protected readonly me = inject(Session).signedIn;
  /** Null until loaded. */
  protected readonly accounts = signal<readonly Account[] | null>(null);
  protected readonly problem = signal('');

  constructor() {
    void this.load();
  }

  protected async load(): Promise<void> {
    this.problem.set('');
    try {
      this.accounts.set(await this.#api.accounts());
    } catch (error) {
      this.problem.set(
        (await refusalOf(error, $localize`:@@people.unreachable:The server can’t be reached. Try again in a moment.`))
          .message,
      );
    }
  }

  /** @param account null to add one */
  protected async edit(account: Account | null): Promise<void> {
    const dialog = this.#dialog.open<PersonDialog, PersonDialogData, Account>(PersonDialog, {
      ...DIALOG,
      injector: this.#injector,
      data: { account, all: this.accounts() ?? [] },
    });
    const saved = await firstValueFrom(dialog.afterClosed());
    if (saved === undefined) return;
    const others = (this.accounts() ?? []).filter(({ username }) => username !== saved.username);
    this.accounts.set([...others, saved].sort((a, b) => (a.username < b.username ? -1 : 1)));
    this.#liveRegion.announce($localize`:@@people.saved:Saved: ${saved.username}:name:`);
  }

  protected async remove({ username }: Account, index: number, list: HTMLElement, heading: HTMLElement): Promise<void> {
    const dialog = this.#dialog.open<RemoveDialog, string, boolean>(RemoveDialog, {
      ...DIALOG,
      injector: this.#injector,
      data: username,
    });
    if ((await firstValueFrom(dialog.afterClosed())) !== true) return;
    this.accounts.update((accounts) => accounts?.filter((account) => account.username !== username) ?? null);
    focusAfterRemoval(list, index, heading, this.#injector);
    this.#liveRegion.announce($localize`:@@people.removed:Removed: ${username}:name:`);
  }
}
