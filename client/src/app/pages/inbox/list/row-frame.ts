import { Icon } from '#app/icon/icon';
import { Swipe } from '#app/platform/swipe';
import { KeyHint } from '#app/preferences/key-hint';
import { Component, computed, input, output } from '@angular/core';
import type { Priority } from '@herald/protocol';

/** Changes of state that every row offers. */
export type StateAct = 'read' | 'unread' | 'archive' | 'restore';

/** Frame of a row: the box for ticking, the swipes, and the buttons that are seen while it is hovered over. */
@Component({
  selector: 'app-row-frame',
  imports: [Icon, KeyHint, Swipe],
  templateUrl: './row-frame.html',
  styleUrl: './row-frame.scss',
  host: {
    '[class.unread]': '!isRead()',
    '[class.ticked]': 'isTicked()',
  },
})
export class RowFrame {
  /** Names the row in the labels of its buttons. */
  readonly name = input.required<string>();
  readonly priority = input.required<Priority>();
  readonly isRead = input.required<boolean>();
  readonly isInInbox = input.required<boolean>();
  readonly isTicked = input(false);
  /** Whether some notifications of the row are ticked, and some are not. */
  readonly isPartlyTicked = input(false);
  readonly hasButtons = input(true);
  readonly act = output<StateAct>();
  /** The button at which to open the menu. */
  readonly snooze = output<HTMLElement>();
  readonly tick = output<{ isRange: boolean }>();

  protected readonly reading = computed<StateAct>(() => (this.isRead() ? 'unread' : 'read'));
  protected readonly moving = computed<StateAct>(() => (this.isInInbox() ? 'archive' : 'restore'));
}
