import { InboxStore } from '#app/inbox/inbox-store';
import { Session } from '#app/session/session';
import { NgComponentOutlet } from '@angular/common';
import { Component, inject, linkedSignal, type Type } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import type { AccountMenu } from './account-menu';
import { ConnectionLine } from './connection-line';

/** Header of every page: account, connection status and unread count. */
@Component({
  selector: 'app-header',
  imports: [ConnectionLine, MatIcon, MatIconButton, NgComponentOutlet, RouterLink],
  templateUrl: './header.html',
  styleUrl: './header.scss',
})
export class Header {
  protected readonly session = inject(Session);
  protected readonly store = inject(InboxStore);
  /** Null until this person first opens it; the menu is not part of the first load. */
  protected readonly accountMenu = linkedSignal<string | undefined, Type<AccountMenu> | null>({
    source: () => this.session.signedIn()?.username,
    computation: () => null,
  });

  protected async openAccount(): Promise<void> {
    this.accountMenu.set((await import('./account-menu')).AccountMenu);
  }
}
