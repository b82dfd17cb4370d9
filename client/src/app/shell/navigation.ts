import { Component, inject } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { RouterLink, RouterLinkActive } from '@angular/router';
import { InboxStore } from '../inbox/store/inbox-store';

/** Where one can go: beside the page where there is room, else below it. */
@Component({
  selector: 'app-navigation',
  imports: [MatIcon, RouterLink, RouterLinkActive],
  template: `
    <nav aria-label="Herald">
      <a class="compose" routerLink="/compose" routerLinkActive="here" ariaCurrentWhenActive="page"><mat-icon svgIcon="edit" /><span>Compose</span></a>
      @for (place of places; track place.path) {
        <a
          [routerLink]="place.path"
          routerLinkActive="here"
          ariaCurrentWhenActive="page"
          [routerLinkActiveOptions]="{ paths: 'exact', queryParams: 'ignored', fragment: 'ignored', matrixParams: 'ignored' }"
        >
          <mat-icon [svgIcon]="place.icon" /><span>{{ place.name }}</span>
          @if (place.path === '/' && store.unreadCount() > 0) {
            <span class="badge"><span class="visually-hidden">, unread: </span>{{ store.unreadCount() > 999 ? '999+' : store.unreadCount() }}</span>
          }
        </a>
      }
    </nav>
  `,
  styleUrl: './navigation.scss',
})
export class Navigation {
  protected readonly store = inject(InboxStore);
  protected readonly places = [
    { path: '/', name: 'Inbox', icon: 'inbox' },
    { path: '/snoozed', name: 'Snoozed', icon: 'snooze' },
    { path: '/archived', name: 'Archived', icon: 'archive' },
    { path: '/sent', name: 'Sent', icon: 'sent' },
    { path: '/settings', name: 'Settings', icon: 'settings' },
  ];
}
