import type { Notification } from '../../../../../protocol/notification';

export interface InboxItem extends Notification {
  isRead: boolean;
}
