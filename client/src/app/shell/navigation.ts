import { Icon } from '#app/icon/icon';
import { InboxStore } from '#app/inbox/inbox-store';
import { MembershipStore } from '#app/membership/membership-store';
import { Component, computed, inject } from '@angular/core';
import { RouterLink, RouterLinkActive } from '@angular/router';

/** Main navigation: beside the page on wide screens, below it on narrow ones. */
@Component({
  selector: 'app-navigation',
  imports: [Icon, RouterLink, RouterLinkActive],
  template: `
    <nav i18n-aria-label="@@nav.label" aria-label="Main">
      <a class="compose" routerLink="/compose" routerLinkActive="here" ariaCurrentWhenActive="page"><app-icon name="edit" /><span i18n="@@nav.compose">Compose</span></a>
      @for (place of places(); track place.path) {
        <a
          [class.wide]="place.path === '/people'"
          [routerLink]="place.path"
          routerLinkActive="here"
          ariaCurrentWhenActive="page"
          [routerLinkActiveOptions]="{ paths: 'exact', queryParams: 'ignored', fragment: 'ignored', matrixParams: 'ignored' }"
        >
          <app-icon [name]="place.icon" /><span>{{ place.name }}</span>
          @if (place.path === '/' && store.unreadCount() > 0) {
            <span class="badge"><span class="visually-hidden" i18n="@@nav.unread">, unread: </span>{{ store.unreadCount() > 999 ? '999+' : store.unreadCount() }}</span>
          }
        </a>
      }
    </nav>
  `,
  styleUrl: './navigation.scss',
})
export class Navigation {
  protected readonly store = inject(InboxStore);
  readonly #membership = inject(MembershipStore);
  readonly #all = [
    { path: '/', name: $localize`:@@nav.inbox:Inbox`, icon: 'inbox' },
    { path: '/snoozed', name: $localize`:@@nav.snoozed:Snoozed`, icon: 'snooze' },
    { path: '/archived', name: $localize`:@@nav.archived:Archived`, icon: 'archive' },
    { path: '/sent', name: $localize`:@@nav.sent:Sent`, icon: 'sent' },
    { path: '/settings', name: $localize`:@@nav.settings:Settings`, icon: 'settings' },
  ];
  /** Seven entries don't fit side by side, so on narrow pages only the account menu links to the people. */
  readonly #people = { path: '/people', name: $localize`:@@nav.people:People`, icon: 'people' };
  protected readonly places = computed(() => (this.#membership.isAdmin() ? [...this.#all, this.#people] : this.#all));
}
