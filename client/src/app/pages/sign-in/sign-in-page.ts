import { Spoken } from '#app/a11y/spoken';
import { Session } from '#app/session/session';
import { Component, effect, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { HeraldApi } from '@herald/client/api';

/**
 * The first page that a new person sees. Plain fields: Material's with their dependencies would add a fifth to
 * everything else.
 */
@Component({
  selector: 'app-sign-in-page',
  imports: [MatButton, Spoken],
  templateUrl: './sign-in-page.html',
  styleUrl: './sign-in-page.scss',
})
export class SignInPage {
  protected readonly session = inject(Session);
  protected readonly isBusy = signal(false);
  protected readonly problem = signal('');
  /** Whether the server offers its demo account. */
  protected readonly hasDemo = signal(false);

  private readonly username = viewChild<ElementRef<HTMLElement>>('username');

  constructor() {
    effect(() => {
      // Signing out removed the focused element.
      if (document.activeElement === document.body) this.username()?.nativeElement.focus();
    });
    inject(HeraldApi)
      .info()
      .then(
        ({ demo }) => this.hasDemo.set(demo !== undefined),
        // Signing in will report an unreachable server.
        () => undefined,
      );
  }

  protected signIn(event: Event, username: string, password: string): Promise<void> {
    event.preventDefault();
    return this.#enter(() => this.session.signIn(username, password));
  }

  protected signInToDemo(): Promise<void> {
    return this.#enter(() => this.session.signInToDemo());
  }

  async #enter(signIn: () => Promise<unknown>): Promise<void> {
    this.isBusy.set(true);
    this.problem.set('');
    try {
      await signIn();
    } catch (error) {
      this.problem.set(error instanceof Error ? error.message : String(error));
    } finally {
      this.isBusy.set(false);
    }
  }
}
