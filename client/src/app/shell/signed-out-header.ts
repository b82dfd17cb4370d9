import { Session } from '#app/session/session';
import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';

/** Header while nobody is signed in, or nobody is known to be. */
@Component({
  selector: 'app-signed-out-header',
  imports: [RouterLink],
  template: `
    <header>
      <div class="bar">
        <a class="brand" routerLink="/">
          <img src="favicon.svg" alt="" width="28" height="28" />
          <span class="name" i18n="@@app.name">Herald</span>
        </a>
        @if (session.state() === 'starting') {
          <i class="opening" aria-hidden="true"></i>
        }
      </div>
    </header>
  `,
  styleUrl: './header.scss',
})
export class SignedOutHeader {
  protected readonly session = inject(Session);
}
