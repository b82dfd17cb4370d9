import { Component, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { type MatMenu, MatMenuTrigger } from '@angular/material/menu';
import { Count } from '../language/count';
import { Spoken } from '../speech/spoken';

export type BulkAct = 'all' | 'read' | 'unread' | 'archive' | 'restore' | 'none';

/** What can be done with what is ticked. */
@Component({
  selector: 'app-bulk-bar',
  imports: [Count, MatButton, MatIcon, MatIconButton, MatMenuTrigger, Spoken],
  template: `
    <span class="count" appSpoken i18n="@@bulk.count">{ids().length, plural, =1 {1 selected} other {{{ ids().length | count }} selected}}</span>
    <button matButton type="button" i18n="@@bulk.all" (click)="act.emit('all')">Select all</button>
    <span class="space"></span>
    <button matIconButton type="button" i18n-aria-label="@@bulk.read" aria-label="Mark read" i18n-title="@@bulk.read" title="Mark read" (click)="act.emit('read')"><mat-icon svgIcon="check" /></button>
    <button matIconButton type="button" i18n-aria-label="@@bulk.unread" aria-label="Mark unread" i18n-title="@@bulk.unread" title="Mark unread" (click)="act.emit('unread')"><mat-icon svgIcon="unread" /></button>
    @if (isInInbox()) {
      <button
        matIconButton
        type="button"
        i18n-aria-label="@@bulk.snooze"
        aria-label="Snooze"
        i18n-title="@@bulk.snooze"
        title="Snooze"
        [matMenuTriggerFor]="snoozeMenu()"
        [matMenuTriggerData]="{ ids: ids() }"
      >
        <mat-icon svgIcon="snooze" />
      </button>
      <button matIconButton type="button" i18n-aria-label="@@bulk.archive" aria-label="Archive" i18n-title="@@bulk.archive" title="Archive" (click)="act.emit('archive')"><mat-icon svgIcon="archive" /></button>
    } @else {
      <button matIconButton type="button" i18n-aria-label="@@bulk.restore" aria-label="Move to the inbox" i18n-title="@@bulk.restore" title="Move to the inbox" (click)="act.emit('restore')">
        <mat-icon svgIcon="inbox" />
      </button>
    }
    <button matIconButton type="button" i18n-aria-label="@@bulk.none" aria-label="Select none" i18n-title="@@bulk.none" title="Select none" (click)="act.emit('none')"><mat-icon svgIcon="close" /></button>
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
  `,
})
export class BulkBar {
  readonly ids = input.required<readonly string[]>();
  readonly isInInbox = input(true);
  readonly snoozeMenu = input.required<MatMenu>();
  readonly act = output<BulkAct>();
}
