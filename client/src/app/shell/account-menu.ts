import { Face } from '#app/icon/face';
import { MembershipStore } from '#app/membership/membership-store';
import { Session } from '#app/session/session';
import { GracePeriod } from '#app/undo/grace-period';
import { InputModalityDetector } from '@angular/cdk/a11y';
import { afterNextRender, Component, inject, viewChild } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { RouterLink } from '@angular/router';

/**
 * The account button with its menu. The menu opens at once, since this component replaces a button that was just
 * pressed.
 */
@Component({
  selector: 'app-account-menu',
  imports: [Face, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger, RouterLink],
  template: `
    <button matIconButton type="button" [matMenuTriggerFor]="menu" i18n-ariaLabel="@@header.account" ariaLabel="Account: {{ session.signedIn()?.username }}">
      <app-face [name]="session.signedIn()?.username ?? ''" />
    </button>
    <mat-menu #menu="matMenu">
      <div class="who">
        <app-face [name]="session.signedIn()?.username ?? ''" />
        <div>
          <p i18n="@@header.signedInAs">Signed in as <strong>{{ session.signedIn()?.username }}</strong></p>
          @if (membership.roles().length > 0) {
            <p class="roles" i18n="@@header.roles">{membership.roles().length, plural, =1 {Role: {{ membership.roles().join(', ') }}} other {Roles: {{ membership.roles().join(', ') }}}}</p>
          }
        </div>
      </div>
      <a mat-menu-item routerLink="/settings" i18n="@@header.settings">Settings</a>
      <a mat-menu-item routerLink="/apps" i18n="@@header.apps">Apps</a>
      @if (membership.isAdmin()) {
        <a mat-menu-item routerLink="/people" i18n="@@header.people">People</a>
      }
      <button mat-menu-item type="button" i18n="@@header.signOut" (click)="signOut()">Sign out</button>
    </mat-menu>
  `,
  styles: `
    .who {
      display: flex;
      align-items: center;
      gap: 0.75rem;
      padding: 0.5rem 0.75rem;
      color: var(--ink-soft);
      font-size: 0.875rem;
      overflow-wrap: anywhere;
    }

    .roles {
      font-size: 0.8125rem;
    }
  `,
})
export class AccountMenu {
  protected readonly session = inject(Session);
  protected readonly membership = inject(MembershipStore);
  readonly #grace = inject(GracePeriod);
  private readonly trigger = viewChild.required(MatMenuTrigger);

  constructor() {
    const modality = inject(InputModalityDetector);
    afterNextRender(() => {
      const trigger = this.trigger();
      trigger.openMenu();
      // Without the modality the menu assumes a keyboard and shows a focus ring.
      trigger.menu?.focusFirstItem(modality.mostRecentModality ?? undefined);
    });
  }

  protected async signOut(): Promise<void> {
    // Held-back work needs the token.
    await this.#grace.finish();
    this.session.signOut();
  }
}
