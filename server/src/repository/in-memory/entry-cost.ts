import type { Entry } from '../../../../protocol/entries.js';
import type { NotificationDraft } from '../../../../protocol/notification.js';

/** Bytes of a notification beside its text: its objects, its places in maps and lists, and its search signature. */
const NOTIFICATION_BYTES = 1000;
/** Bytes for each channel that an entry is in. */
const CHANNEL_BYTES = 250;
/** Bytes of any other entry. */
const ENTRY_BYTES = 300;
const ID_BYTES = 64;

/** Bytes of memory that an entry takes, about; measured with V8. */
export function entryBytes(entry: Entry, channels: number): number {
  return channels * CHANNEL_BYTES + dataBytes(entry);
}

function dataBytes({ event, data }: Entry): number {
  switch (event) {
    case 'notification':
      return notificationBytes(data);
    case 'state':
      return ENTRY_BYTES + data.ids.length * ID_BYTES;
    case 'preferences':
      return ENTRY_BYTES + 2 * JSON.stringify(data.preferences).length;
    case 'retract':
      return ENTRY_BYTES;
  }
}

/** Of a notification, or of the plan of one. Title and message are kept twice: as they are, and to be searched. */
export function notificationBytes({ title, message, url = '', tags = [], actions = [], audience = [] }: NotificationDraft): number {
  const small = [...tags, ...audience].reduce((sum, text) => sum + textBytes(text), 0);
  const buttons = actions.reduce((sum, action) => sum + textBytes(action.label) + textBytes('url' in action ? action.url : action.event) + 100, 0);
  return NOTIFICATION_BYTES + 2 * (textBytes(title) + textBytes(message)) + textBytes(url) + small + buttons;
}

/** V8 takes a byte for each letter while all are of Latin-1, and two for each otherwise. */
function textBytes(text: string): number {
  return 24 + (/[^\0-\xff]/.test(text) ? 2 : 1) * text.length;
}
