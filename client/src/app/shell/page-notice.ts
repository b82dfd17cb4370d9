import { Spoken } from '#app/a11y/spoken';
import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { PageVersion } from './page-version';

/** A line across the page with news about the page itself. */
@Component({
  selector: 'app-page-notice',
  imports: [MatButton, Spoken],
  template: `
    @if (version.state(); as state) {
      <aside class="line" i18n-aria-label="@@page.label" aria-label="This page">
        @switch (state) {
          @case ('newer') {
            <p appSpoken i18n="@@page.newer">A new version is here.</p>
            <button matButton="filled" type="button" i18n="@@page.reload" (click)="version.reload()">Reload</button>
            <button matButton type="button" i18n="@@page.later" (click)="version.dismiss()">Later</button>
          }
          @case ('unreachable') {
            <p appSpoken i18n="@@page.missing">This part of Herald didn’t load: the server can’t be reached. Try again in a moment.</p>
            <button matButton type="button" i18n="@@page.close" (click)="version.dismiss()">Close</button>
          }
          @case ('reloaded') {
            <p appSpoken i18n="@@page.reloaded">Herald was reloaded, since a part of its old version was gone.</p>
            <button matButton type="button" i18n="@@page.close" (click)="version.dismiss()">Close</button>
          }
        }
      </aside>
    }
  `,
  styles: `
    .line {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: center;
      gap: 0.25rem 0.5rem;
      padding: 0.375rem 1rem;
      border-bottom: 1px solid var(--line);
      background: var(--card);
      color: var(--ink);
      font-size: 0.875rem;
    }

    /* One line of 360 px has room for all of it, in German too. */
    @media (max-width: 599px) {
      .line {
        padding-inline: 0.5rem;
        column-gap: 0.25rem;
        font-size: 0.8125rem;
      }

      button {
        min-width: 3rem;
        padding: 0 0.625rem;
      }
    }
  `,
})
export class PageNotice {
  protected readonly version = inject(PageVersion);
}
