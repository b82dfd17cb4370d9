import { Component, computed, DOCUMENT, inject } from '@angular/core';
import { SignOutCleanup } from './inbox/sign-out-cleanup';
import { PageStyles } from './page-styles';
import { Session } from './session/session';
import { PageAnnouncements } from './shell/page-announcements';
import { SignedIn } from './signed-in';
import { SignedOut } from './signed-out';

@Component({
  selector: 'app-root',
  imports: [PageStyles, SignedIn, SignedOut],
  templateUrl: './app.html',
  styleUrl: './app.scss',
})
export class App {
  readonly #session = inject(Session);
  readonly #document = inject(DOCUMENT);
  /** None or one. */
  protected readonly usernames = computed(() =>
    [this.#session.signedIn()].filter((session) => session !== null).map(({ username }) => username),
  );

  constructor() {
    inject(PageAnnouncements);
    inject(SignOutCleanup);
  }

  /** The document has a base URL, so a plain `#main` link would leave the page. */
  protected skipToMain(event: Event): void {
    event.preventDefault();
    this.#document.getElementById('main')?.focus();
  }
}
