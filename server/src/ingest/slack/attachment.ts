import type { Action, Priority } from '@herald/protocol';
import { asText, type Fields, listOf } from '../json-fields.js';
import { buttonsOf, readBlocks } from './blocks.js';
import { escaped } from '../escaped.js';
import { asMarkdown, asPlain, markdownLink } from './mrkdwn.js';

/** Names of colours, and the colours that Slack, Alertmanager and Grafana send for them. */
const PRIORITIES = new Map<string, Priority>([
  ['danger', 'high'],
  ['#e01e5a', 'high'],
  ['#a30200', 'high'],
  ['#d63232', 'high'],
  ['warning', 'medium'],
  ['#daa038', 'medium'],
]);

/** Texts, links and severity of an attachment. */
export interface Attachment {
  /** As plain text. */
  readonly title: string | undefined;
  readonly url: string | undefined;
  readonly priority: Priority | undefined;
  /** The texts beside the title, in Markdown. */
  readonly paragraphs: readonly string[];
  /** The title as a paragraph, for all attachments but the first. */
  readonly heading: string | undefined;
  readonly buttons: readonly Action[];
  readonly image: string | undefined;
}

/** Reads an attachment. Its fallback counts only if it has no other text. */
export function readAttachment(fields: Fields): Attachment {
  const text = (name: string): string => asText(fields[name]) ?? '';
  const blocks = readBlocks(fields['blocks']);
  const isTitled = text('title') !== '';
  const title = isTitled ? asPlain(text('title')) : blocks.header;
  const url = text('title_link') === '' ? undefined : text('title_link');
  const texts = [text('pretext'), text('author_name'), text('text')].map(asMarkdown);
  const rows = listOf(fields['fields']).map(rowOf).join('\n');
  const paragraphs = [
    ...texts,
    ...(isTitled ? blocks.all : blocks.paragraphs),
    rows,
    asMarkdown(text('footer')),
  ].filter(isNotBlank);
  return {
    ...{ title, url },
    priority: PRIORITIES.get(text('color').toLowerCase()),
    paragraphs: paragraphs.length > 0 || title !== undefined ? paragraphs : [asMarkdown(text('fallback'))],
    heading: title === undefined ? undefined : headingOf(title, url),
    buttons: [...buttonsOf(fields['actions']), ...blocks.buttons],
    image: asText(fields['image_url']) ?? asText(fields['thumb_url']) ?? blocks.image,
  };
}

export function isNotBlank(text: string): boolean {
  return text.trim() !== '';
}

function rowOf(field: Fields): string {
  const [title, value] = [asText(field['title']) ?? '', asText(field['value']) ?? ''].map(asMarkdown);
  return [title, value].filter((part) => part !== undefined && isNotBlank(part)).join(': ');
}

function headingOf(title: string, url: string | undefined): string {
  return `**${url === undefined ? escaped(title) : markdownLink(url, title)}**`;
}
