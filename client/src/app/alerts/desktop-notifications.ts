import { plainText } from '#app/notification/plain-text';
import { browserName } from '#app/platform/browser-name';
import { permission } from '#app/platform/notification-permission';
import { showDesktopNotification } from '#app/platform/show-desktop-notification';
import { inject, Injectable } from '@angular/core';
import type { InboxItem } from '@herald/client/inbox';
import { OpenNotification } from './open-notification';

/** Maximum shown one by one; more are counted. */
const SHOWN_AT_ONCE = 3;
const SUM_TAG = browserName('more');

/** Notifications of the operating system, for a page that is out of view. */
@Injectable()
export class DesktopNotifications {
  readonly #open = inject(OpenNotification);

  /** Does nothing while the page is visible or without permission. */
  show(items: readonly InboxItem[], folded: number): void {
    if (document.visibilityState === 'visible' || permission() !== 'granted') return;
    for (const item of items.slice(-SHOWN_AT_ONCE)) {
      const { id, title, priority } = item;
      showDesktopNotification(title, { body: plainText(item), tag: id, requireInteraction: priority === 'high' }, () =>
        this.#open.one(id),
      );
    }
    const more = Math.max(0, items.length - SHOWN_AT_ONCE) + folded;
    if (more > 0)
      showDesktopNotification(
        $localize`:@@desktop.more:${more}:count: more`,
        { body: $localize`:@@desktop.seeInbox:See them in the inbox.`, tag: SUM_TAG },
        () => this.#open.inbox(),
      );
  }
}
