import { Component, effect, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterOutlet } from '@angular/router';
import { Spoken } from './a11y/spoken';
import { inboxPage } from './app.routes';
import { IdleLoader } from './idle-loader';
import { Session } from './session/session';
import { SessionNavigation } from './session/session-navigation';
import { PageNotice } from './shell/page-notice';
import { SignedOutHeader } from './shell/signed-out-header';

/** The page while nobody is signed in: it opens, can't reach the server, or shows the sign-in page. */
@Component({
  selector: 'app-signed-out',
  imports: [MatButton, PageNotice, RouterOutlet, SignedOutHeader, Spoken],
  templateUrl: './signed-out.html',
  styleUrl: './frame.scss',
})
export class SignedOut {
  protected readonly session = inject(Session);
  protected readonly navigation = inject(SessionNavigation);

  constructor() {
    const idle = inject(IdleLoader);
    effect(() => {
      if (this.session.state() === 'signed-out') void idle.fetch(inboxPage);
    });
  }
}
