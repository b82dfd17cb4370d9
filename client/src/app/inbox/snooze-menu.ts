import { Component, output, signal, viewChild } from '@angular/core';
import { MatMenu, MatMenuContent, MatMenuItem } from '@angular/material/menu';
import { DayTime } from '../language/day-time';
import { snoozeTimes } from './snooze-times';

/** Until when something is put away. Use `menu` with a trigger, whose data are the ids, or null for what is ticked. */
@Component({
  selector: 'app-snooze-menu',
  imports: [DayTime, MatMenu, MatMenuContent, MatMenuItem],
  template: `
    <mat-menu #menu="matMenu" class="snooze-menu" (menuOpened)="look()">
      <ng-template matMenuContent let-ids="ids">
        @for (time of times(); track time.label) {
          <button mat-menu-item type="button" (click)="chosen.emit({ ids, until: time.until })">
            <span class="choice"
              ><span>{{ time.label }}</span
              ><small>{{ time.until | dayTime: 'week' }}</small></span
            >
          </button>
        }
      </ng-template>
    </mat-menu>
  `,
  styles: `
    .choice {
      display: flex;
      justify-content: space-between;
      gap: 1.5rem;
    }

    small {
      color: var(--ink-soft);
    }
  `,
})
export class SnoozeMenu {
  readonly menu = viewChild.required(MatMenu);
  readonly chosen = output<{ ids: readonly string[] | null; until: number }>();
  protected readonly times = signal(snoozeTimes(Date.now()));

  /** The page may have been open since yesterday. */
  look(): void {
    this.times.set(snoozeTimes(Date.now()));
  }
}
