import type { InboxItem as StoredItem } from '@herald/protocol';

export interface InboxItem extends StoredItem {
  /** It came while the client was away. */
  isLate: boolean;
}
