import { Spoken } from '#app/a11y/spoken';
import { Count } from '#app/i18n/count';
import { Icon } from '#app/icon/icon';
import { Component, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import type { SnoozeWish } from './snooze-menu';

export type BulkAct = 'loaded' | 'everything' | 'read' | 'unread' | 'archive' | 'restore' | 'none';

/** Actions for the selected notifications. */
@Component({
  selector: 'app-bulk-bar',
  imports: [Count, MatButton, Icon, MatIconButton, Spoken],
  template: `
    <span class="count" appSpoken>
      @if (!isAll()) {
        <ng-container i18n="@@bulk.count">{ids().length, plural, =1 {1 selected} other {{{ ids().length | count }} selected}}</ng-container>
      } @else if (total() === null) {
        <ng-container i18n="@@bulk.allMatching">All that match selected</ng-container>
      } @else {
        <ng-container i18n="@@bulk.allOf">{total(), plural, other {All {{ total() ?? 0 | count }} selected}}</ng-container>
      }
    </span>
    <button matButton type="button" class="all" i18n-title="@@bulk.all" title="Select all" (click)="act.emit('loaded')">
      <app-icon matButtonIcon name="select-all" /><span class="words" i18n="@@bulk.all">Select all</span>
    </button>
    <span class="space"></span>
    <button matIconButton type="button" [class.less]="isRead()" i18n-aria-label="@@bulk.read" aria-label="Mark read" i18n-title="@@bulk.read" title="Mark read" (click)="act.emit('read')"><app-icon name="read" /></button>
    <button matIconButton type="button" [class.less]="!isRead()" i18n-aria-label="@@bulk.unread" aria-label="Mark unread" i18n-title="@@bulk.unread" title="Mark unread" (click)="act.emit('unread')"><app-icon name="unread" /></button>
    @if (isInInbox()) {
      <button
        matIconButton
        type="button"
        i18n-aria-label="@@bulk.snooze"
        aria-label="Snooze"
        i18n-title="@@bulk.snooze"
        title="Snooze"
        aria-haspopup="menu"
        aria-expanded="false"
        (click)="askSnooze($event)"
      >
        <app-icon name="snooze" />
      </button>
      <button matIconButton type="button" i18n-aria-label="@@bulk.archive" aria-label="Archive" i18n-title="@@bulk.archive" title="Archive" (click)="act.emit('archive')"><app-icon name="archive" /></button>
    } @else {
      <button matIconButton type="button" i18n-aria-label="@@bulk.restore" aria-label="Move to the inbox" i18n-title="@@bulk.restore" title="Move to the inbox" (click)="act.emit('restore')">
        <app-icon name="inbox" />
      </button>
    }
    <button matIconButton type="button" i18n-aria-label="@@bulk.none" aria-label="Clear selection" i18n-title="@@bulk.none" title="Clear selection" (click)="act.emit('none')"><app-icon name="close" /></button>
    @if (isMore() && !isAll()) {
      <p class="offer">
        <span appSpoken i18n="@@bulk.allLoaded">{ids().length, plural, other {All {{ ids().length | count }} that are loaded are selected.}}</span>
        <button matButton type="button" (click)="act.emit('everything')">
          @if (total() === null) {
            <ng-container i18n="@@bulk.selectMatching">Select all that match</ng-container>
          } @else {
            <ng-container i18n="@@bulk.selectTotal">{total(), plural, other {Select all {{ total() ?? 0 | count }}}}</ng-container>
          }
        </button>
      </p>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      padding-block: 0;
      padding-inline: 0.75rem 0.25rem;
      border-radius: var(--radius);
      background: var(--accent-soft);
      color: var(--ink);
    }

    .count {
      margin-inline-end: 0.5rem;
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }

    .space {
      flex: 1;
    }

    .offer {
      display: flex;
      flex: 1 0 100%;
      flex-wrap: wrap;
      align-items: center;
    }

    /* One line of 360 px has room for all of it. */
    @media (max-width: 599px) {
      :host {
        padding-inline: 0.5rem 0;
      }

      .count {
        flex: 1 1 0;
        min-width: 0;
        margin: 0;
        overflow: hidden;
        font-size: 0.8125rem;
        text-overflow: ellipsis;
        white-space: nowrap;
      }

      .space {
        display: none;
      }

      .all {
        min-width: 2.75rem;
        padding: 0 0.625rem;
        color: var(--ink-soft);
      }

      .all app-icon {
        width: 1.5rem;
        height: 1.5rem;
        margin: 0;
      }

      .words {
        position: absolute;
        clip-path: inset(50%);
      }

      /* The one that does something to all of them. */
      .less {
        display: none;
      }
    }
  `,
})
export class BulkBar {
  readonly ids = input.required<readonly string[]>();
  /** Everything that matches is meant, also what is not loaded. */
  readonly isAll = input(false);
  /** All that is loaded is ticked, and there is more. */
  readonly isMore = input(false);
  /** How many match; null where that is not known. */
  readonly total = input<number | null>(null);
  readonly isInInbox = input(true);
  /** All that are ticked are read. */
  readonly isRead = input(false);
  readonly act = output<BulkAct>();
  readonly snooze = output<SnoozeWish>();

  protected askSnooze({ currentTarget }: Event): void {
    this.snooze.emit({ ids: null, at: currentTarget as HTMLElement });
  }
}
