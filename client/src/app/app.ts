import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterOutlet } from '@angular/router';
import { Session } from './session/session';
import { Header } from './shell/header';
import { Navigation } from './shell/navigation';
import { ToastFeed } from './toasts/toast-feed';

@Component({
  selector: 'app-root',
  imports: [Header, MatButton, Navigation, RouterOutlet],
  templateUrl: './app.html',
  styleUrl: './app.scss',
})
export class App {
  protected readonly session = inject(Session);

  constructor() {
    inject(ToastFeed);
  }

  /** The address has a base, so a plain `#main` link would leave the page. */
  protected skipToMain(event: Event, main: HTMLElement): void {
    event.preventDefault();
    main.focus();
  }
}
