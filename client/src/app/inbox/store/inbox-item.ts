import type { Notification } from '../../../../../protocol/notification';

export interface InboxItem extends Notification {
  isRead: boolean;
  /** It came while the page was away. */
  isLate: boolean;
}
