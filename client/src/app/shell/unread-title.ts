import { effect, inject, Injectable, signal } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { type RouterStateSnapshot, TitleStrategy } from '@angular/router';

/** Puts the unread count first in the page's title, so that it shows on a narrow tab: "(3) Inbox · Herald". */
@Injectable({ providedIn: 'root' })
export class UnreadTitle extends TitleStrategy {
  readonly #title = inject(Title);
  readonly #page = signal<string | undefined>(undefined);
  /** Unread notifications of the signed-in person; 0 while nobody is. */
  readonly unread = signal(0);

  constructor() {
    super();
    effect(() => {
      const page = this.#page();
      const unread = this.unread();
      const name = page === undefined ? 'Herald' : `${page} · Herald`;
      this.#title.setTitle(unread > 0 ? `(${unread}) ${name}` : name);
    });
  }

  override updateTitle(route: RouterStateSnapshot): void {
    this.#page.set(this.buildTitle(route));
  }
}
