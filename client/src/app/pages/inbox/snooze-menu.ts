import { Dialogs } from '#app/dialog/dialogs';
import { DayTime } from '#app/i18n/day-time';
import { InputModalityDetector } from '@angular/cdk/a11y';
import { Component, ElementRef, inject, output, signal, viewChild } from '@angular/core';
import { MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { snoozeTimes } from './snooze-times';

/** The notifications to snooze, null for the selected ones, and the end in milliseconds since 1970. */
export interface SnoozeChoice {
  ids: readonly string[] | null;
  until: number;
}

/** The notifications to snooze, null for the selected ones, and the button that opens the menu. */
export interface SnoozeWish {
  ids: readonly string[] | null;
  at: HTMLElement;
  /** Element that gets the focus afterwards; by default the button. */
  after?: HTMLElement;
}

/** Until when something is put away. The menu opens at whatever button was pressed, so that it need not be there before. */
@Component({
  selector: 'app-snooze-menu',
  imports: [DayTime, MatMenu, MatMenuContent, MatMenuItem, MatMenuTrigger],
  template: `
    <span #place class="place" aria-hidden="true" [matMenuTriggerFor]="menu" [matMenuTriggerRestoreFocus]="false" (menuClosed)="leave()"></span>
    <mat-menu #menu="matMenu" class="snooze-menu">
      <ng-template matMenuContent let-ids="ids">
        @for (time of times(); track time.label) {
          <button mat-menu-item type="button" (click)="chosen.emit({ ids, until: time.until })">
            <span class="choice"
              ><span>{{ time.label }}</span
              ><small>{{ time.until | dayTime: 'week' }}</small></span
            >
          </button>
        }
        <button mat-menu-item type="button" i18n="@@snooze.other" (click)="choose(ids)">Another time…</button>
      </ng-template>
    </mat-menu>
  `,
  styles: `
    .place {
      position: fixed;
      visibility: hidden;
      pointer-events: none;
    }

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
  readonly chosen = output<SnoozeChoice>();
  protected readonly times = signal(snoozeTimes(Date.now()));
  readonly #dialogs = inject(Dialogs);
  readonly #modality = inject(InputModalityDetector);
  private readonly place = viewChild.required<string, ElementRef<HTMLElement>>('place', { read: ElementRef });
  private readonly trigger = viewChild.required(MatMenuTrigger);
  #wish: SnoozeWish | null = null;

  open(wish: SnoozeWish): void {
    this.#wish = wish;
    // The page may have been open since yesterday.
    this.times.set(snoozeTimes(Date.now()));
    const { left, top, width, height } = wish.at.getBoundingClientRect();
    Object.assign(this.place().nativeElement.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    const trigger = this.trigger();
    trigger.menuData = { ids: wish.ids };
    trigger.openMenu();
    trigger.menu?.focusFirstItem(this.#modality.mostRecentModality ?? undefined);
    wish.at.ariaExpanded = 'true';
  }

  /** Asks for a time of the person's own. The focus is where it was before the menu once that is done. */
  protected async choose(ids: readonly string[] | null): Promise<void> {
    const until = await this.#dialogs.open<number>(() => import('./snooze-dialog').then((file) => file.SnoozeDialog), {
      width: '24rem',
    });
    if (until !== undefined) this.chosen.emit({ ids, until });
  }

  protected leave(): void {
    if (this.#wish === null) return;
    const { at, after = at } = this.#wish;
    at.ariaExpanded = 'false';
    after.focus();
  }
}
