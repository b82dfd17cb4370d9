import { Icon } from '#app/icon/icon';
import { TestNotification } from '#app/notification/test-notification';
import { afterNextRender, Component, computed, ElementRef, input, output, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { View } from '@herald/protocol';

type Kind = View | 'narrowed' | 'unknown' | 'done';

const ICONS: Record<Kind, string> = {
  inbox: 'bell',
  archived: 'archive',
  snoozed: 'snooze',
  all: 'bell',
  narrowed: 'search',
  unknown: 'inbox',
  done: 'check',
};

/** Why there is nothing to see, and what to do about it. */
@Component({
  selector: 'app-empty-list',
  imports: [MatButton, Icon, TestNotification],
  template: `
    <app-icon [name]="icons[kind()]" />
    @switch (kind()) {
      @case ('narrowed') {
        <h2 #heading tabindex="-1" i18n="@@empty.narrowed.title">Nothing matches</h2>
        <p i18n="@@empty.narrowed.text">No notifications here match your search and filters.</p>
        <button matButton="outlined" type="button" i18n="@@empty.narrowed.clear" (click)="cleared.emit()">Clear search and filters</button>
      }
      @case ('unknown') {
        <h2 #heading tabindex="-1" i18n="@@empty.unknown.title">Not on this device</h2>
        <p i18n="@@empty.unknown.text">The server can’t be reached, and this browser stores only the inbox. These notifications appear once the server is back.</p>
      }
      @case ('done') {
        <h2 #heading tabindex="-1" i18n="@@empty.done.title">All done</h2>
        <p i18n="@@empty.done.text">Everything has been archived or snoozed.</p>
      }
      @case ('archived') {
        <h2 #heading tabindex="-1" i18n="@@empty.archived.title">Nothing archived</h2>
        <p i18n="@@empty.archived.text">Archived notifications leave the inbox and are kept here.</p>
      }
      @case ('snoozed') {
        <h2 #heading tabindex="-1" i18n="@@empty.snoozed.title">Nothing snoozed</h2>
        <p i18n="@@empty.snoozed.text">Snoozed notifications wait here until they return to the inbox.</p>
      }
      @default {
        <h2 #heading tabindex="-1" i18n="@@empty.inbox.title">Nothing here yet</h2>
        <p i18n="@@empty.inbox.text">Notifications appear the moment they are sent. Send a test to see one.</p>
        <app-test-notification />
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      align-content: center;
      height: 100%;
      padding: 3rem 1.5rem;
      color: var(--ink-soft);
      text-align: center;
      justify-items: center;
    }

    app-icon {
      width: 2.5rem;
      height: 2.5rem;
      margin-bottom: 0.75rem;
      color: var(--accent);
    }

    h2 {
      margin-bottom: 0.25rem;
      color: var(--ink);
      font-size: 1.0625rem;
      font-weight: 650;
    }

    p {
      max-width: 22rem;
    }

    h2:focus {
      outline: none;
    }

    button,
    app-test-notification {
      margin-top: 1rem;
    }
  `,
})
export class EmptyList {
  readonly view = input.required<View>();
  readonly isNarrowed = input(false);
  /** There are some, in other views. */
  readonly isDone = input(false);
  /** The server could not be asked, so there may be some. */
  readonly isUnknown = input(false);
  /** Whether it takes the focus, which the list had when its last row left. */
  readonly takesFocus = input(false);
  readonly cleared = output();
  private readonly heading = viewChild<ElementRef<HTMLElement>>('heading');

  protected readonly icons = ICONS;
  protected readonly kind = computed<Kind>(() => {
    if (this.isUnknown()) return 'unknown';
    if (this.isNarrowed()) return 'narrowed';
    return this.isDone() ? 'done' : this.view();
  });

  constructor() {
    afterNextRender(() => {
      const isLost = document.activeElement === document.body || document.activeElement === null;
      if (this.takesFocus() && isLost) this.heading()?.nativeElement.focus();
    });
  }
}
