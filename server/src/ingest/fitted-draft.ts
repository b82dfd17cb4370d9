import {
  type Action,
  ACTION_LABEL_MAX,
  ACTIONS_MAX,
  hasUserInfo,
  isWebUrl,
  MESSAGE_MAX,
  type NotificationDraft,
  type Priority,
  TAG_MAX,
  TAG_PATTERN,
  TAGS_MAX,
  TITLE_MAX,
  URL_MAX,
} from '@herald/protocol';
import type { Sender } from '../auth/sender.js';
import { seenLabel } from '../notifications/have-distinct-labels.js';
import { DEFAULT_CATEGORY, DEFAULT_PRIORITY } from '../notifications/lenient-draft.js';
import { isNestedTooDeep } from '../notifications/markdown-nesting.js';
import { fittedLine, fittedProse } from '../validation/fitted-text.js';
import { invalidRequest } from '../validation/invalid-request.js';
import { doorTotals } from './door-totals.js';
import { fittedData } from './fitted-data.js';
import { withoutUndefined } from './json-fields.js';

/** A message as a program of another system means it, of any size. */
export interface ForeignMessage {
  readonly title?: string | undefined;
  readonly message: string;
  readonly priority?: Priority | undefined;
  readonly tags?: readonly unknown[] | undefined;
  readonly url?: string | undefined;
  readonly actions?: readonly Action[] | undefined;
  readonly markdown?: boolean | undefined;
  readonly audience?: string[] | undefined;
  readonly key?: string | undefined;
  readonly deliverAt?: string | undefined;
  readonly expiresAt?: string | undefined;
  /** Parts without a field of their own. */
  readonly data?: Readonly<Record<string, unknown>>;
  /** Names of texts that the door has cut. */
  readonly cut?: readonly string[];
  /** Names of parts that the door has dropped. */
  readonly dropped?: readonly string[];
}

/** `markdown` is always given: if it were absent, the default of the app would stand for it. */
type FittedDraft = Omit<NotificationDraft, 'markdown'> & { markdown: boolean };

/**
 * The draft of a message, which has everything that a notification needs and is within all limits. Programs show no
 * errors, so texts are cut and wrong parts dropped; `data` says which, as `cut` and `dropped`.
 * @throws Refusal invalid_request when the message has no visible text
 */
export function fittedDraft(foreign: ForeignMessage, sender: Sender): FittedDraft {
  const { draft, cut, dropped } = fitted(foreign, sender);
  doorTotals.cut += cut;
  doorTotals.dropped += dropped;
  return draft;
}

/** As `fittedDraft`, for a message that is not sent, and not counted. */
export function previewedDraft(foreign: ForeignMessage, sender: Sender): FittedDraft {
  return fitted(foreign, sender).draft;
}

interface Fitted {
  readonly draft: FittedDraft;
  /** Numbers of texts and parts. */
  readonly cut: number;
  readonly dropped: number;
}

/** @throws Refusal invalid_request */
function fitted(foreign: ForeignMessage, { name, app }: Sender): Fitted {
  const { title, message, priority, tags, url, actions, audience, key, deliverAt, expiresAt } = foreign;
  const text = fittedProse(message, MESSAGE_MAX);
  if (text === undefined) throw messageRequired();
  const line = fittedLine(title ?? '', TITLE_MAX);
  const words = fittedTags(tags);
  const buttons = fittedActions(actions);
  const isMarkdown = foreign.markdown ?? app?.markdown === true;
  const isTooDeep = isMarkdown && isNestedTooDeep(text.text);
  const isLink = url === undefined || isSafeUrl(url);
  const cut = new Set([
    ...(foreign.cut ?? []),
    ...(line?.isCut === true ? ['title'] : []),
    ...(text.isCut ? ['message'] : []),
  ]);
  const dropped = new Set([
    ...(foreign.dropped ?? []),
    ...(words.length < (tags ?? []).length ? ['tags'] : []),
    ...(buttons.length < (actions ?? []).length ? ['actions'] : []),
    ...(isLink ? [] : ['url']),
    ...(isTooDeep ? ['markdown'] : []),
  ]);
  const { data, dropped: gone } = fittedData(foreign.data ?? {}, [...cut], [...dropped]);
  const draft = {
    title: line?.text ?? name,
    message: text.text,
    priority: priority ?? app?.defaultPriority ?? DEFAULT_PRIORITY,
    category: app?.category ?? DEFAULT_CATEGORY,
    markdown: isMarkdown && !isTooDeep,
    ...withoutUndefined({
      ...{ audience, key, deliverAt, expiresAt },
      url: isLink ? url : undefined,
      tags: words.length > 0 ? words : app?.tags,
      actions: buttons,
      data,
    }),
  };
  return { draft, cut: cut.size, dropped: gone };
}

/** There is nothing to show. */
function messageRequired(): Error {
  return invalidRequest([{ field: 'message', code: 'required', reason: 'message is required' }]);
}

/** The first words, each once. Colons around short codes of emoji are not a part of them. */
function fittedTags(tags: readonly unknown[] = []): string[] {
  const words = tags.filter((tag) => typeof tag === 'string').map((tag) => tag.trim().replace(/^:(.+):$/, '$1'));
  const valid = words.filter((word) => word.length <= TAG_MAX && TAG_PATTERN.test(word));
  return [...new Set(valid)].slice(0, TAGS_MAX);
}

/** The first actions that lead somewhere, each label once. */
function fittedActions(actions: readonly Action[] = []): Action[] {
  const byLabel = new Map<string, Action>();
  for (const action of actions) {
    const label = fittedLine(action.label, ACTION_LABEL_MAX)?.text;
    if (label === undefined || ('url' in action && !isSafeUrl(action.url))) continue;
    if (!byLabel.has(seenLabel(label))) byLabel.set(seenLabel(label), { ...action, label });
  }
  return [...byLabel.values()].slice(0, ACTIONS_MAX);
}

/** Whether an address may be that of a notification or an action. */
export function isSafeUrl(url: string): boolean {
  return url.length <= URL_MAX && isWebUrl(url) && !hasUserInfo(url);
}
