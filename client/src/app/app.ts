import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterOutlet } from '@angular/router';
import { Spoken } from './a11y/spoken';
import { IdleLoader } from './idle-loader';
import { InboxKeeper } from './inbox/inbox-keeper';
import { PageStyles } from './page-styles';
import { Session } from './session/session';
import { ConnectionAnnouncements } from './shell/connection-announcements';
import { Header } from './shell/header';
import { Navigation } from './shell/navigation';
import { PageAnnouncements } from './shell/page-announcements';
import { PageNotice } from './shell/page-notice';

@Component({
  selector: 'app-root',
  imports: [Header, MatButton, Navigation, PageNotice, PageStyles, RouterOutlet, Spoken],
  templateUrl: './app.html',
  styleUrl: './app.scss',
})
export class App {
  protected readonly session = inject(Session);

  constructor() {
    inject(ConnectionAnnouncements);
    inject(PageAnnouncements);
    inject(InboxKeeper);
    inject(IdleLoader);
  }

  /** The document has a base URL, so a plain `#main` link would leave the page. */
  protected skipToMain(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }
}
