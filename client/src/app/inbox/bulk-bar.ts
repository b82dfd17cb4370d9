import { Component, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { type MatMenu, MatMenuTrigger } from '@angular/material/menu';
import { Spoken } from '../speech/spoken';

export type BulkAct = 'all' | 'read' | 'unread' | 'archive' | 'restore' | 'none';

/** What can be done with what is ticked. */
@Component({
  selector: 'app-bulk-bar',
  imports: [MatButton, MatIcon, MatIconButton, MatMenuTrigger, Spoken],
  template: `
    <span class="count" appSpoken>{{ ids().length }} selected</span>
    <button matButton type="button" (click)="act.emit('all')">Select all</button>
    <span class="space"></span>
    <button matIconButton type="button" aria-label="Mark read" title="Mark read" (click)="act.emit('read')"><mat-icon svgIcon="check" /></button>
    <button matIconButton type="button" aria-label="Mark unread" title="Mark unread" (click)="act.emit('unread')"><mat-icon svgIcon="unread" /></button>
    @if (isInInbox()) {
      <button matIconButton type="button" aria-label="Snooze" title="Snooze" [matMenuTriggerFor]="snoozeMenu()" [matMenuTriggerData]="{ ids: ids() }">
        <mat-icon svgIcon="snooze" />
      </button>
      <button matIconButton type="button" aria-label="Archive" title="Archive" (click)="act.emit('archive')"><mat-icon svgIcon="archive" /></button>
    } @else {
      <button matIconButton type="button" aria-label="Move to the inbox" title="Move to the inbox" (click)="act.emit('restore')">
        <mat-icon svgIcon="inbox" />
      </button>
    }
    <button matIconButton type="button" aria-label="Select none" title="Select none" (click)="act.emit('none')"><mat-icon svgIcon="close" /></button>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      padding: 0 0.25rem 0 0.75rem;
      border-radius: var(--radius);
      background: var(--accent-soft);
      color: var(--ink);
    }

    .count {
      margin-right: 0.5rem;
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
