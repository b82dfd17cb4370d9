import type { Entry, NotificationDraft } from '@herald/protocol';

/** Bytes of a notification without its text: its objects, its places in maps and lists, and its search signature. */
const NOTIFICATION_BYTES = 1000;
/** Bytes for each channel that an entry is in. */
const CHANNEL_BYTES = 250;
/** Bytes of any other entry. */
const ENTRY_BYTES = 300;
const ID_BYTES = 64;
/** Bytes of a value in `data` without its text: its place, and the object or list that it may be. */
const VALUE_BYTES = 100;

/** Approximate memory of an entry in bytes, measured with V8. */
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

/**
 * Approximate memory of a notification, stored or scheduled. Every store limits scheduled ones by it. Title and message
 * are kept twice: as they are, and prepared for searches.
 */
export function notificationBytes({
  title,
  message,
  url = '',
  tags = [],
  actions = [],
  audience = [],
  data,
}: NotificationDraft): number {
  const small = [...tags, ...audience].reduce((sum, text) => sum + textBytes(text), 0);
  const buttons = actions.reduce(
    (sum, action) => sum + textBytes(action.label) + textBytes('url' in action ? action.url : action.event) + 100,
    0,
  );
  return (
    NOTIFICATION_BYTES +
    2 * (textBytes(title) + textBytes(message)) +
    textBytes(url) +
    small +
    buttons +
    (data === undefined ? 0 : jsonBytes(data))
  );
}

/** Approximate memory of a value of JSON in bytes. Its depth is limited where it is validated. */
export function jsonBytes(value: unknown): number {
  if (typeof value === 'string') return VALUE_BYTES + textBytes(value);
  if (typeof value !== 'object' || value === null) return VALUE_BYTES;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + jsonBytes(item), VALUE_BYTES);
  return Object.entries(value).reduce((sum, [name, inner]) => sum + textBytes(name) + jsonBytes(inner), VALUE_BYTES);
}

/** V8 stores one byte for each character of a Latin-1 text, and two for each of any other. */
function textBytes(text: string): number {
  return 24 + (/[^\0-\xff]/.test(text) ? 2 : 1) * text.length;
}
