import { type Priority, TITLE_MAX } from '@herald/protocol';
import { type ForeignMessage, isSafeUrl } from '../fitted-draft.js';
import { asText, type Fields, listOf } from '../json-fields.js';
import { type Attachment, isNotBlank, readAttachment } from './attachment.js';
import { type Blocks, readBlocks } from './blocks.js';
import { escaped } from '../escaped.js';
import { asMarkdown, asPlain } from './mrkdwn.js';

const EMOJI = /(?<![\p{L}\p{N}:]):([a-z][\w+-]*|[+-]1):(?![\p{L}\p{N}:])/gu;
const CODE = /`[^`\n]+`/g;
const SEVEREST_FIRST: readonly Priority[] = ['high', 'medium'];

/**
 * The message that a payload of Slack or Mattermost means.
 * @param audience channels that the app may send to: another one is dropped
 */
export function slackMessage(payload: Fields, audience: readonly string[]): ForeignMessage {
  const blocks = readBlocks(payload['blocks']);
  const attachments = listOf(payload['attachments']).map(readAttachment);
  const texts = textsOf(payload, blocks, attachments);
  const username = asText(payload['username']);
  const { title, tags } = withoutEmoji(texts.title ?? username, payload['text']);
  const channel = channelOf(payload['channel'], audience);
  const buttons = [...blocks.buttons, ...attachments.flatMap((one) => one.buttons)];
  const urls = attachments.flatMap(({ url }) => (url === undefined ? [] : [url]));
  return {
    ...{ title, tags, markdown: true, actions: buttons, message: texts.message },
    priority: SEVEREST_FIRST.find((priority) => attachments.some((one) => one.priority === priority)),
    url: urls.find(isSafeUrl) ?? firstLink(buttons),
    audience: channel === undefined ? undefined : [channel],
    data: {
      username,
      icon: asText(payload['icon_url']) ?? asText(payload['icon_emoji']),
      image: blocks.image ?? attachments.find(({ image }) => image !== undefined)?.image,
    },
    dropped: [
      ...(asText(payload['channel']) !== undefined && channel === undefined ? ['channel'] : []),
      ...(urls.every(isSafeUrl) ? [] : ['url']),
    ],
  };
}

interface Texts {
  readonly title: string | undefined;
  /** In Markdown. */
  readonly message: string;
}

/** Blocks stand for the text, of which only the first line is a title then. */
function textsOf(payload: Fields, blocks: Blocks, attachments: readonly Attachment[]): Texts {
  const text = asText(payload['text']) ?? '';
  const isMrkdwn = payload['mrkdwn'] !== false;
  const [first, ...others] = attachments;
  const headed = first?.title ?? blocks.header;
  const { title, rest } = headed === undefined ? headOf(text, isMrkdwn) : { title: headed, rest: text };
  const ofBlocks = first?.title === undefined ? blocks.paragraphs : blocks.all;
  const shown = ofBlocks.some(isNotBlank) ? ofBlocks : [toMarkdown(rest, isMrkdwn)];
  // The title of the first attachment is that of the notification.
  const attached = [...(first?.paragraphs ?? []), ...others.flatMap(headedParagraphs)];
  const parts = [...shown, ...attached].filter(isNotBlank);
  return { title, message: parts.length > 0 ? parts.join('\n\n') : soleLine(text, isMrkdwn, headed) };
}

interface Head {
  readonly title: string | undefined;
  /** The text that remains for the message. */
  readonly rest: string;
}

/** The first line as a title. It stays in the text if it says more: in a link, or beyond the length of a title. */
function headOf(text: string, isMrkdwn: boolean): Head {
  const [line = '', ...others] = text.trim().split('\n');
  if (line.includes('```')) return { title: undefined, rest: text };
  const title = isMrkdwn ? asPlain(line).trim() : line.trim();
  const saysMore = title.length > TITLE_MAX || /<https?:|\]\(https?:/i.test(line);
  return { title: title === '' ? undefined : title, rest: saysMore ? text : others.join('\n') };
}

function toMarkdown(text: string, isMrkdwn: boolean): string {
  return isMrkdwn ? asMarkdown(text) : escaped(text);
}

/** The title once more, where there is no other text. Its emoji are the tags. */
function soleLine(text: string, isMrkdwn: boolean, headed = ''): string {
  const line = toMarkdown(text, isMrkdwn);
  return withoutEmoji(line === '' ? escaped(headed) : line, text).title ?? '';
}

function headedParagraphs({ heading, paragraphs }: Attachment): readonly string[] {
  return heading === undefined ? paragraphs : [heading, ...paragraphs];
}

interface Title {
  readonly title: string | undefined;
  readonly tags: string[] | undefined;
}

/**
 * Emoji of a title become tags, which the page shows as emoji; a title of nothing else stays.
 * @param text the text in mrkdwn, whose code keeps its colons
 */
function withoutEmoji(given: string | undefined, text: unknown): Title {
  const inCode = new Set((asText(text)?.match(CODE) ?? []).join(' ').match(EMOJI));
  const emoji = Array.from((given ?? '').matchAll(EMOJI)).filter(([all]) => !inCode.has(all));
  if (given === undefined || emoji.length === 0) return { title: given, tags: undefined };
  const bare = given.replace(EMOJI, (all) => (inCode.has(all) ? all : ''));
  const title = bare.replace(/\s+/g, ' ').trim();
  return { title: title === '' ? given : title, tags: emoji.map(([, name = '']) => name) };
}

/** `#builds` and `builds` mean a topic, `@ann` a user. @returns undefined if the app may not send there */
function channelOf(given: unknown, audience: readonly string[]): string | undefined {
  const name = asText(given) ?? '';
  const channel = name.startsWith('@') ? `user:${name.slice(1)}` : `topic:${name.replace(/^#/, '')}`;
  return audience.includes(channel) ? channel : undefined;
}

function firstLink(buttons: Blocks['buttons']): string | undefined {
  return buttons.flatMap((button) => ('url' in button && isSafeUrl(button.url) ? [button.url] : []))[0];
}
