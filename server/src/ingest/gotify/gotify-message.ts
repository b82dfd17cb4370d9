import type { Priority } from '@herald/protocol';
import { type ForeignMessage, isSafeUrl } from '../fitted-draft.js';
import { asText, type Fields, isFields } from '../json-fields.js';

const HIGH_FROM = 8;
const MEDIUM_FROM = 4;
const DISPLAY = 'client::display';
const NOTIFICATION = 'client::notification';

/** The message that fields of Gotify mean. The extras that have no field in Herald stay in `data.extras`. */
export function gotifyMessage(fields: Fields): ForeignMessage {
  const priority = gotifyPriority(fields);
  const { markdown, url, image, extras } = readExtras(fields['extras']);
  return {
    title: asText(fields['title']),
    message: asText(fields['message']) ?? '',
    priority: priority === undefined ? undefined : priorityOf(priority),
    ...{ markdown, url },
    data: { gotify: priority === undefined ? undefined : { priority }, image, extras },
    dropped: droppedOf(fields, priority),
  };
}

/** The number of a priority, which templates of Alertmanager send as text. */
export function gotifyPriority({ priority }: Fields): number | undefined {
  const text = asText(priority)?.trim();
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** Gotify's own meaning: below 4 a phone makes no sound, from 8 on it vibrates, too. */
function priorityOf(number: number): Priority {
  if (number >= HIGH_FROM) return 'high';
  return number >= MEDIUM_FROM ? 'medium' : 'low';
}

function droppedOf({ priority, extras }: Fields, number: number | undefined): string[] {
  const isPriorityGiven = priority !== undefined && priority !== null && priority !== '';
  return [
    ...(isPriorityGiven && number === undefined ? ['priority'] : []),
    ...(extras !== undefined && extras !== null && !isFields(extras) ? ['extras'] : []),
  ];
}

interface Extras {
  readonly markdown?: boolean;
  readonly url?: string;
  readonly image?: unknown;
  readonly extras?: Fields;
}

function readExtras(extras: unknown): Extras {
  if (!isFields(extras)) return {};
  const { [DISPLAY]: display, [NOTIFICATION]: notification, ...others } = extras;
  const { contentType, ...otherDisplay } = isFields(display) ? display : {};
  const { click, bigImageUrl, ...otherNotification } = isFields(notification) ? notification : {};
  const url = isFields(click) ? asText(click['url']) : undefined;
  const isLink = url !== undefined && isSafeUrl(url);
  const rest = {
    ...others,
    ...named(DISPLAY, otherDisplay),
    ...named(NOTIFICATION, { ...otherNotification, ...(click !== undefined && !isLink && { click }) }),
  };
  return {
    ...(contentType !== undefined && { markdown: contentType === 'text/markdown' }),
    ...(isLink && { url }),
    ...(bigImageUrl !== undefined && { image: bigImageUrl }),
    ...(Object.keys(rest).length > 0 && { extras: rest }),
  };
}

function named(name: string, fields: Fields): Fields {
  return Object.keys(fields).length === 0 ? {} : { [name]: fields };
}
