import type { Action } from '@herald/protocol';
import { asText, type Fields, isFields, listOf } from '../json-fields.js';
import { escaped } from '../escaped.js';
import { asMarkdown, asPlain } from './mrkdwn.js';
import { richText } from './rich-text.js';

/** Texts, buttons and image of blocks of Slack's Block Kit. */
export interface Blocks {
  /** The first header, as plain text. */
  readonly header?: string;
  /** The other texts, in Markdown. */
  readonly paragraphs: readonly string[];
  /** All texts, for a notification that has another title than the header. */
  readonly all: readonly string[];
  readonly buttons: readonly Action[];
  readonly image?: string;
}

/** Reads a list of blocks; other values are none. */
export function readBlocks(given: unknown): Blocks {
  const blocks = listOf(given);
  const header = blocks.find(({ type }) => type === 'header');
  const image = blocks.flatMap(({ image_url: url, accessory }) => [url, isFields(accessory) && accessory['image_url']]);
  const address = image.map(asText).find((url) => url !== undefined);
  return {
    ...(header !== undefined && { header: plainOf(header['text']) }),
    paragraphs: blocks.filter((block) => block !== header).flatMap(paragraphsOf),
    all: blocks.flatMap(paragraphsOf),
    buttons: blocks.flatMap(({ accessory, elements }) => buttonsOf([accessory, ...listOf(elements)])),
    ...(address !== undefined && { image: address }),
  };
}

/** The buttons of a list. One that opens no address has an empty one, with which it is dropped. */
export function buttonsOf(elements: unknown): Action[] {
  const buttons = listOf(elements).filter(({ type }) => type === 'button');
  return buttons.map(({ text, url }) => ({ label: plainOf(text), url: asText(url) ?? '' }));
}

function paragraphsOf(block: Fields): string[] {
  const { type, text, title, fields, elements } = block;
  const texts = Array.isArray(fields) ? fields.map(markdownOf) : [];
  switch (type) {
    case 'header':
      return plainOf(text).trim() === '' ? [] : [`**${escaped(plainOf(text))}**`];
    case 'image':
      return [escaped(plainOf(title) || (asText(block['alt_text']) ?? ''))];
    case 'markdown':
      return [asText(text) ?? ''];
    case 'rich_text':
      return [richText(block)];
    case 'context':
      return [listOf(elements).map(markdownOf).join(' ')];
    default:
      return [markdownOf(text), texts.join('\n')];
  }
}

/** The Markdown of a text object, or of a text alone. */
function markdownOf(given: unknown): string {
  if (!isFields(given)) return asMarkdown(asText(given) ?? '');
  const text = asText(given['text']) ?? '';
  return given['type'] === 'plain_text' ? escaped(text) : asMarkdown(text);
}

function plainOf(given: unknown): string {
  if (!isFields(given)) return asPlain(asText(given) ?? '');
  const text = asText(given['text']) ?? '';
  return given['type'] === 'plain_text' ? text : asPlain(text);
}
