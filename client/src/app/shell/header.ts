import { Face } from '#app/icon/face';
import { InboxStore } from '#app/inbox/inbox-store';
import { Session } from '#app/session/session';
import { NgComponentOutlet } from '@angular/common';
import { Component, inject, signal, type Type } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { AccountMenu } from './account-menu';
import { ConnectionLine } from './connection-line';

/** Header of the signed-in person: account, connection status and unread count. */
@Component({
  selector: 'app-header',
  imports: [ConnectionLine, Face, MatIconButton, NgComponentOutlet, RouterLink],
  templateUrl: './header.html',
  styleUrl: './header.scss',
})
export class Header {
  protected readonly session = inject(Session);
  protected readonly store = inject(InboxStore);
  /** Null until it is first opened; the menu is not part of the first load. */
  protected readonly accountMenu = signal<Type<AccountMenu> | null>(null);

  protected async openAccount(): Promise<void> {
    this.accountMenu.set((await import('./account-menu')).AccountMenu);
  }
}
