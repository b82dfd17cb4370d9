import type { InboxItem as StoredItem } from '../../../protocol/inbox.js';

export interface InboxItem extends StoredItem {
  /** It came while the client was away. */
  isLate: boolean;
}
