import {
  type FieldError,
  type Priority,
  TEMPLATE_FIELDS,
  type TemplateField,
  type TemplateTexts,
} from '@herald/protocol';
import { PRIORITIES_BY_WORD } from '../../notifications/lenient-draft.js';
import type { ForeignMessage } from '../fitted-draft.js';
import { fittedKey } from '../fitted-key.js';
import { type Fields, withoutUndefined } from '../json-fields.js';
import { SEVERITIES } from '../webhooks/alerts.js';
import { firstOf } from '../webhooks/payload.js';
import { escapedValue } from './escaped-value.js';
import { render, RenderBudget, type RenderedText } from './render.js';
import { isTemplateFault, templateParts } from './template-text.js';

/** Priorities as ntfy and those who alert name them. */
const PRIORITIES = new Map<string, Priority>([
  ...Object.entries(PRIORITIES_BY_WORD),
  ...SEVERITIES,
  ...(['fatal', 'failure', 'failed'] as const).map((word): [string, Priority] => [word, 'high']),
  ...(['info', 'ok', 'success', 'resolved'] as const).map((word): [string, Priority] => [word, 'low']),
]);

/** Reasons why texts are no template, one for each field at most. Their params say where. */
export function faultsOfTexts(texts: TemplateTexts): FieldError[] {
  return TEMPLATE_FIELDS.flatMap((field) => {
    const parts = templateParts(texts[field] ?? '');
    return isTemplateFault(parts) ? [{ field, ...parts, reason: `${field} ${parts.reason}` }] : [];
  });
}

/**
 * The message that an app's own template makes of a payload. A text without a value becomes what it becomes at the other
 * doors: the app's name and defaults, and the title as the message.
 * @param isMarkdown whether messages of the app are Markdown: then a value in one is shown as it is, with no mark of it,
 * except in triple braces
 */
export function ownMessage(texts: TemplateTexts, payload: Fields, isMarkdown: boolean): ForeignMessage {
  const { title, message, priority, tags, url, key, cut } = renderedTexts(texts, payload, isMarkdown);
  const word = priority.trim().toLowerCase();
  const plain = isMarkdown ? escapedValue(title) : title;
  return {
    ...{ message: firstOf(message, plain) ?? '', markdown: isMarkdown, cut },
    ...withoutUndefined({
      title: firstOf(title),
      priority: PRIORITIES.get(word),
      tags: tagsOf(tags),
      url: firstOf(url.trim()),
      key: key.trim() === '' ? undefined : fittedKey(key.trim()),
    }),
    dropped: word !== '' && !PRIORITIES.has(word) ? ['priority'] : [],
  };
}

type Rendered = Record<TemplateField, string> & { cut: string[] };

/** Messages come last, since they may use up the budget of all. */
function renderedTexts(texts: TemplateTexts, payload: Fields, isMarkdown: boolean): Rendered {
  const budget = new RenderBudget();
  const inOrder = TEMPLATE_FIELDS.toSorted((one, another) => Number(one === 'message') - Number(another === 'message'));
  const all = inOrder.map((field): [TemplateField, RenderedText] => {
    const escape = isMarkdown && field === 'message' ? escapedValue : asItIs;
    return [field, renderText(texts[field] ?? '', payload, budget, escape)];
  });
  return {
    ...(Object.fromEntries(all.map(([field, { text }]) => [field, text])) as Record<TemplateField, string>),
    cut: all.flatMap(([field, { isCut }]) => (isCut ? [field] : [])),
  };
}

/** A stored text was checked, so that only one of a version with other limits has a fault; it becomes nothing. */
function renderText(
  text: string,
  payload: Fields,
  budget: RenderBudget,
  escape: (value: string) => string,
): RenderedText {
  const parts = templateParts(text);
  return isTemplateFault(parts) ? { text: '', isCut: true } : render(parts, payload, budget, escape);
}

function asItIs(value: string): string {
  return value;
}

/** @returns undefined if there is no tag, so that the app's stand for them */
function tagsOf(text: string): string[] | undefined {
  const tags = text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return tags.length > 0 ? tags : undefined;
}
