import { DATA_MAX_BYTES, MESSAGE_MAX, type Priority, TITLE_MAX } from '@herald/protocol';
import type { StoredApp } from '../repository/app-repository.js';
import { loopShare } from '../timing/loop-share.js';
import { fittedLine, fittedProse, type FittedText } from '../validation/fitted-text.js';

/** Fields of a notification. All others are ignored, since programs send what other servers want. */
const FIELDS = [
  ...['title', 'message', 'priority', 'category', 'audience', 'url', 'actions', 'tags', 'markdown'],
  ...['expiresAt', 'deliverAt', 'key', 'requiresAck', 'data'],
];
/** Fields of a body that are read: those of a notification, and Apprise's type. */
export const READ_FIELDS = [...FIELDS, 'type'];
const ACTION_FIELDS = ['label', 'url', 'event'];
export const DEFAULT_PRIORITY = 'medium';
export const DEFAULT_CATEGORY = 'general';

/** Priorities as ntfy numbers and names them. */
export const PRIORITIES_BY_WORD: Readonly<Record<string, Priority>> = {
  ...{ '1': 'low', '2': 'low', '3': 'medium', '4': 'high', '5': 'high' },
  ...{ min: 'low', low: 'low', default: 'medium', medium: 'medium', high: 'high', urgent: 'high', max: 'high' },
};
/** Priorities of Apprise's types that have one; others have the app's. */
const PRIORITIES_BY_TYPE: Readonly<Record<string, Priority>> = { failure: 'high', warning: 'medium' };
/** Words for true and false, in lower case. */
export const SWITCHES: Readonly<Record<string, boolean>> = {
  ...{ true: true, yes: true, on: true, '1': true },
  ...{ false: false, no: false, off: false, '0': false },
};

type Fields = Record<string, unknown>;

/**
 * Makes drafts of the body of an app's request. Only `message` is required: the app's defaults stand for what is
 * missing, unknown fields are ignored, texts of forms become numbers, switches and lists, and texts that are too long are
 * cut, which `data` says as `cut`: programs show no errors. Texts over 16,384 code units were refused with the body.
 * @param body parsed, but not validated; a list is read in slices. Anything else is returned as it is
 */
export async function lenientDrafts(body: unknown, app: StoredApp): Promise<unknown> {
  if (!Array.isArray(body)) return lenientDraft(body, app);
  const drafts: unknown[] = [];
  for (const item of body as unknown[]) {
    await loopShare.pause();
    drafts.push(lenientDraft(item, app));
  }
  return drafts;
}

function lenientDraft(body: unknown, app: StoredApp): unknown {
  if (!isPlain(body)) return body;
  const given = known(body, FIELDS);
  const { title = app.name, category = app.category ?? DEFAULT_CATEGORY, actions, tags, audience, markdown } = given;
  return withCutTexts({
    ...given,
    title,
    category,
    priority: priorityOf(given['priority'], body['type'], app),
    actions: Array.isArray(actions)
      ? actions.map((one: unknown) => (isPlain(one) ? known(one, ACTION_FIELDS) : one))
      : actions,
    tags: listOf(tags) ?? app.tags,
    audience: listOf(audience),
    markdown: switchOf(markdown ?? app.markdown),
    requiresAck: switchOf(given['requiresAck']),
  });
}

/** Cuts texts that are too long, and names them in `data` if there is room. */
function withCutTexts(draft: Fields): Fields {
  const texts = [
    ['title', cutText(draft['title'], TITLE_MAX, fittedLine)],
    ['message', cutText(draft['message'], MESSAGE_MAX, fittedProse)],
  ] as const;
  const fitted = texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text.text] as const]));
  const cut = texts.filter(([, text]) => text?.isCut === true).map(([name]) => name);
  return { ...draft, ...Object.fromEntries(fitted), ...(cut.length > 0 && { data: withCut(draft['data'], cut) }) };
}

function withCut(given: unknown, cut: readonly string[]): unknown {
  const data = given ?? {};
  const named = isPlain(data) ? { cut, ...data } : data;
  return Buffer.byteLength(JSON.stringify(named)) > DATA_MAX_BYTES ? given : named;
}

/** The start of a text; undefined if it is not too long. */
function cutText(
  value: unknown,
  max: number,
  fitted: (text: string, max: number) => FittedText | undefined,
): FittedText | undefined {
  return typeof value === 'string' && value.length > max ? fitted(value, max) : undefined;
}

/** An object of JSON, or the fields of a form. A body that could not be read is a refusal. */
function isPlain(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** The given ones of these fields. Null and blank texts mean absent: a form has all its fields. */
function known(fields: Fields, names: readonly string[]): Fields {
  const given = names.filter((name) => Object.hasOwn(fields, name) && !isBlank(fields[name]));
  return Object.fromEntries(given.map((name) => [name, fields[name]]));
}

function isBlank(value: unknown): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

/** An unknown priority stays as it is, so that it is refused with its reason. */
function priorityOf(priority: unknown, type: unknown, app: StoredApp): unknown {
  if (priority !== undefined) return byWord(PRIORITIES_BY_WORD, priority) ?? priority;
  return byWord(PRIORITIES_BY_TYPE, type) ?? app.defaultPriority ?? DEFAULT_PRIORITY;
}

/** A text of a form has commas between its items. */
function listOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const items = value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length > 0 ? items : undefined;
}

function switchOf(value: unknown): unknown {
  return byWord(SWITCHES, value) ?? value;
}

function byWord<Value>(values: Readonly<Record<string, Value>>, word: unknown): Value | undefined {
  if (typeof word !== 'string' && typeof word !== 'number' && typeof word !== 'boolean') return undefined;
  const name = String(word).trim().toLowerCase();
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
