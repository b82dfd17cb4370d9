import type { Action } from '@herald/protocol';
import { isUtf8 } from 'node:buffer';
import { PRIORITIES_BY_WORD, SWITCHES } from '../../notifications/lenient-draft.js';
import { AHEAD_MAX_MS } from '../../validation/is-ahead.js';
import { type ForeignMessage, isSafeUrl } from '../fitted-draft.js';
import { fittedKey } from '../fitted-key.js';
import { textOf } from '../text-of.js';
import { type ReadActions, readActions } from './actions.js';
import { instantOf } from './delay.js';
import { NtfyFault } from './ntfy-fault.js';
import type { Parameters } from './parameters.js';

/** ntfy's own word for a message without a text. */
const NO_TEXT = 'triggered';
const NUMBERS: Readonly<Record<string, number>> = {
  ...{ '1': 1, '2': 2, '3': 3, '4': 4, '5': 5 },
  ...{ min: 1, low: 2, default: 3, high: 4, max: 5, urgent: 5 },
};
/** Life of a message that ntfy would not keep. */
const UNKEPT_MS = 60_000;
const BINARY = /[\0-\x08\x0e-\x1f]/;

/** A message that was published to a topic. */
export interface Published {
  readonly topic: string;
  /** Undefined if the body was JSON, which the parameters have. */
  readonly body: Buffer | undefined;
  readonly contentType: string;
  readonly parameters: Parameters;
  /** In the path, after the topic. */
  readonly sequenceId?: string | undefined;
}

/**
 * The message that a request to ntfy means.
 * @throws NtfyFault when the delay can't be read, or the body is no text
 */
export function ntfyMessage(published: Published): ForeignMessage {
  const { topic, parameters } = published;
  const click = parameters.text('click');
  const actions = readActions(parameters.field('actions') ?? parameters.text('actions'));
  const attachment = attachmentOf(published);
  const number = numberOf(parameters);
  const deliverAt = deliverAtOf(parameters);
  const isLink = click !== undefined && isSafeUrl(click);
  return {
    title: parameters.text('title') ?? topic,
    message: messageOf(published),
    priority: number === undefined ? undefined : PRIORITIES_BY_WORD[number],
    tags: tagsOf(parameters),
    ...(isLink && { url: click }),
    actions: [...actions.actions, ...attachment],
    markdown: markdownOf(published),
    audience: [`topic:${topic}`],
    key: keyOf(published),
    ...(deliverAt !== undefined && { deliverAt: new Date(deliverAt).toISOString() }),
    ...(SWITCHES[parameters.text('cache') ?? ''] === false && {
      expiresAt: new Date((deliverAt ?? Date.now()) + UNKEPT_MS).toISOString(),
    }),
    data: {
      ntfy: number === undefined ? undefined : { priority: number },
      click: isLink ? undefined : click,
      icon: parameters.text('icon'),
    },
    dropped: droppedOf(parameters, actions, number),
  };
}

/** 1 to 5; undefined if no priority is given that ntfy has. */
export function numberOf(parameters: Parameters): number | undefined {
  const word = parameters.text('priority')?.toLowerCase() ?? '';
  return Object.hasOwn(NUMBERS, word) ? NUMBERS[word] : undefined;
}

/** An attached file is a message if it is a text. @throws NtfyFault when it is not */
function messageOf({ body, parameters }: Published): string {
  const message = parameters.text('message')?.replaceAll(String.raw`\n`, '\n');
  const text = body === undefined ? '' : textOf(body).trim();
  if (body !== undefined && !isUtf8(body) && BINARY.test(text))
    throw new NtfyFault(40014, 'invalid request: attachments not allowed');
  const isFile = parameters.text('filename') !== undefined;
  const parts = isFile ? [message, text] : [text === '' ? message : text];
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n') || NO_TEXT;
}

/** Commas separate tags; JSON has a list. */
function tagsOf(parameters: Parameters): unknown[] | undefined {
  const field = parameters.field('tags');
  const tags = Array.isArray(field) ? field : parameters.text('tags')?.split(',');
  return tags?.filter((tag) => typeof tag !== 'string' || tag.trim() !== '') as unknown[] | undefined;
}

function markdownOf({ parameters, contentType }: Published): boolean | undefined {
  const switched = parameters.field('markdown') ?? parameters.text('markdown')?.toLowerCase();
  if (typeof switched === 'boolean') return switched;
  if (typeof switched === 'string') return SWITCHES[switched] === true;
  return /^\s*text\/markdown\b/i.test(contentType) ? true : undefined;
}

/** A file at an address becomes a button. */
function attachmentOf({ parameters }: Published): Action[] {
  const url = parameters.text('attach');
  return url === undefined ? [] : [{ label: parameters.text('filename') ?? 'Attachment', url }];
}

/** In milliseconds since 1970; undefined for now or earlier. @throws NtfyFault */
function deliverAtOf(parameters: Parameters): number | undefined {
  const delay = parameters.text('delay');
  if (delay === undefined) return undefined;
  const now = Date.now();
  const instant = instantOf(delay, now);
  if (instant === undefined) throw new NtfyFault(40004, 'invalid delay parameter: unable to parse delay');
  if (instant > now + AHEAD_MAX_MS) throw new NtfyFault(40006, 'invalid delay parameter: too large');
  return instant > now ? instant : undefined;
}

/** A message of the same sequence replaces the one before. */
function keyOf({ topic, sequenceId, parameters }: Published): string | undefined {
  const id = sequenceId ?? parameters.text('sequence_id');
  if (id === undefined) return undefined;
  return fittedKey(`${topic}/${id}`);
}

function droppedOf(parameters: Parameters, actions: ReadActions, number: number | undefined): string[] {
  const unknown = (['email', 'call', 'template'] as const).filter((name) => parameters.text(name) !== undefined);
  return [
    ...unknown,
    ...(number === undefined && parameters.text('priority') !== undefined ? ['priority'] : []),
    ...(actions.count > actions.actions.length ? ['actions'] : []),
    ...(actions.hasCall ? ['actions.http'] : []),
  ];
}
