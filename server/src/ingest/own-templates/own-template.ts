import {
  type FieldError,
  type Priority,
  TAG_MAX,
  TAGS_MAX,
  TEMPLATE_FIELDS,
  type TemplateField,
  type TemplateTexts,
  TITLE_MAX,
  URL_MAX,
} from '@herald/protocol';
import type { Refusal } from '../../http/refusal/refusal.js';
import { PRIORITIES_BY_WORD } from '../../notifications/lenient-draft.js';
import { invalidRequest } from '../../validation/invalid-request.js';
import { isVisible } from '../../validation/is-line.js';
import type { ForeignMessage } from '../fitted-draft.js';
import { fittedKey } from '../fitted-key.js';
import { type Fields, FOREIGN_TEXT_MAX, withoutUndefined } from '../json-fields.js';
import { SEVERITIES } from '../webhooks/alerts.js';
import { firstOf } from '../webhooks/payload.js';
import { escapedValue } from './escaped-value.js';
import { render, type RenderedText, type RenderLimits } from './render.js';
import { isTemplateFault, templateParts } from './template-text.js';

/** Words for a priority that ntfy and alerting programs use. */
const PRIORITIES = new Map<string, Priority>([
  ...Object.entries(PRIORITIES_BY_WORD),
  ...SEVERITIES,
  ...(['fatal', 'failure', 'failed'] as const).map((word): [string, Priority] => [word, 'high']),
  ...(['info', 'ok', 'success', 'resolved'] as const).map((word): [string, Priority] => [word, 'low']),
]);

/** Parts and items of lists that the message may visit, and each other text. */
const STEPS_OF_MESSAGE_MAX = 2500;
const STEPS_OF_LINE_MAX = 500;

/** Each text has its own, so that a long one leaves the others whole. */
const LIMITS: Readonly<Record<TemplateField, RenderLimits>> = {
  // One more, so that a longer title ends with an ellipsis.
  title: { steps: STEPS_OF_LINE_MAX, length: TITLE_MAX + 1 },
  message: { steps: STEPS_OF_MESSAGE_MAX, length: FOREIGN_TEXT_MAX },
  priority: { steps: STEPS_OF_LINE_MAX, length: FOREIGN_TEXT_MAX },
  tags: { steps: STEPS_OF_LINE_MAX, length: TAGS_MAX * (TAG_MAX + ', '.length) },
  url: { steps: STEPS_OF_LINE_MAX, length: URL_MAX },
  key: { steps: STEPS_OF_LINE_MAX, length: FOREIGN_TEXT_MAX },
};

/** Reasons why texts are no template, one for each field at most. Their params say where. */
export function faultsOfTexts(texts: TemplateTexts): FieldError[] {
  return TEMPLATE_FIELDS.flatMap((field) => {
    const parts = templateParts(texts[field] ?? '');
    return isTemplateFault(parts) ? [{ field, ...parts, reason: `${field} ${parts.reason}` }] : [];
  });
}

/**
 * The message that an app's own template makes of a payload. Empty texts fall back to the app's name and defaults, and
 * an empty message to the title. A half-rendered priority, link, key or tag is dropped.
 * @param isMarkdown whether messages of the app are Markdown: then values in them are escaped, except in triple braces
 * @throws Refusal invalid_request when title and message are empty
 */
export function ownMessage(texts: TemplateTexts, payload: Fields, isMarkdown: boolean): ForeignMessage {
  const { title, message, priority, tags, url, key } = renderedTexts(texts, payload, isMarkdown);
  const word = wholeOf(priority).toLowerCase();
  const shown = isVisible(message.text) ? message : asMessage(title, message, isMarkdown);
  if (!isVisible(shown.text)) throw rendersBlank();
  const isKnown = PRIORITIES.has(word) || (word === '' && !priority.isCut);
  return {
    ...{ message: shown.text, markdown: isMarkdown },
    ...withoutUndefined({
      title: firstOf(title.text),
      priority: PRIORITIES.get(word),
      tags: tagsOf(tags),
      url: firstOf(wholeOf(url)),
      key: wholeOf(key) === '' ? undefined : fittedKey(wholeOf(key)),
    }),
    cut: namesOfCut({ title, message: shown }),
    dropped: [...(isKnown ? [] : ['priority']), ...namesOfCut({ tags, url, key })],
  };
}

function renderedTexts(
  texts: TemplateTexts,
  payload: Fields,
  isMarkdown: boolean,
): Record<TemplateField, RenderedText> {
  const all = TEMPLATE_FIELDS.map((field): [TemplateField, RenderedText] => {
    const escape = isMarkdown && field === 'message' ? escapedValue : asItIs;
    return [field, renderText(texts[field] ?? '', payload, LIMITS[field], escape)];
  });
  return Object.fromEntries(all) as Record<TemplateField, RenderedText>;
}

/** Texts were checked when they were stored. One from a version with other limits may have a fault, and is empty. */
function renderText(
  text: string,
  payload: Fields,
  limits: RenderLimits,
  escape: (value: string) => string,
): RenderedText {
  const parts = templateParts(text);
  return isTemplateFault(parts) ? { text: '', isCut: true } : render(parts, payload, limits, escape);
}

function asItIs(value: string): string {
  return value;
}

/** A text that is used whole or not at all; empty if a limit has ended it. */
function wholeOf({ text, isCut }: RenderedText): string {
  return isCut ? '' : text.trim();
}

/** The title in place of an empty message. */
function asMessage(title: RenderedText, message: RenderedText, isMarkdown: boolean): RenderedText {
  return { text: isMarkdown ? escapedValue(title.text) : title.text, isCut: title.isCut || message.isCut };
}

function namesOfCut(texts: Readonly<Record<string, RenderedText>>): string[] {
  return Object.entries(texts).flatMap(([name, { isCut }]) => (isCut ? [name] : []));
}

/** The tags before the one at which a limit has ended the text. Without any, the tags of the app stand. */
function tagsOf({ text, isCut }: RenderedText): string[] | undefined {
  const whole = isCut ? text.slice(0, Math.max(0, text.lastIndexOf(','))) : text;
  const tags = whole
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return tags.length > 0 ? tags : undefined;
}

function rendersBlank(): Refusal {
  const reason = 'title and message of the template are empty for this payload';
  return invalidRequest([{ field: 'message', code: 'renders_blank', reason }]);
}
