import { Component, inject } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';
import { InboxStore } from '../inbox/store/inbox-store';
import { MembershipStore } from '../membership/membership-store';
import { Session } from '../session/session';
import { ConnectionLine } from './connection-line';

/** Always there: whose page this is, whether it is live, how much is unread. */
@Component({
  selector: 'app-header',
  imports: [ConnectionLine, MatIcon, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink],
  templateUrl: './header.html',
  styleUrl: './header.scss',
})
export class Header {
  protected readonly session = inject(Session);
  protected readonly store = inject(InboxStore);
  protected readonly membership = inject(MembershipStore);
}
