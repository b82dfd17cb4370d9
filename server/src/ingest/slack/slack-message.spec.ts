import { growthOf, LINEAR } from '#test/growth.js';
import { slackMessage } from './slack-message.js';

describe('a payload with a long text', () => {
  const text = (value: string, style?: object): object => ({ type: 'text', text: value, style });
  const rich = (...elements: object[]): object => ({ blocks: [{ type: 'rich_text', elements }] });
  const part = (type: string, element: object): object => ({ type: `rich_text_${type}`, elements: [element] });
  const SHAPES: readonly [string, (value: string) => object][] = [
    ['a plain text', (value) => ({ text: value, mrkdwn: false })],
    ['a section', (value) => ({ blocks: [{ type: 'section', text: { type: 'plain_text', text: value } }] })],
    ['a header', (value) => ({ blocks: [{ type: 'header', text: { type: 'mrkdwn', text: value } }] })],
    ['an attachment', (value) => ({ attachments: [{ title: value, text: value, footer: value }] })],
    ['a styled text', (value) => rich(part('section', text(value, { bold: true })))],
    ['a quote', (value) => rich(part('quote', text(value)))],
    ['a list', (value) => rich(part('list', part('section', text(value))))],
    ['code', (value) => rich(part('preformatted', text(value)))],
    ['a name', (value) => ({ text: 'm', username: value })],
  ];
  const rows = SHAPES.flatMap(([shape, payloadOf]) =>
    ['\n', ' ', '`', ':a', '>', ':a: `b` '].map((repeated) => ({ shape, payloadOf, repeated })),
  );

  test.each(rows)('takes linear time: $shape that repeats $repeated', ({ payloadOf, repeated }) => {
    const read = (value: string): unknown => slackMessage(payloadOf(value) as Record<string, unknown>, []);
    expect(growthOf(read, (length) => `a${repeated.repeat(length / repeated.length)}b`)).toBeLessThan(LINEAR);
  });

  test('is no longer than its quotes, however deep they are nested', () => {
    const lines = '\n'.repeat(10_000);
    let quote = part('quote', text(lines));
    for (let depth = 0; depth < 10; depth++) quote = part('quote', quote);
    expect(slackMessage(rich(quote) as Record<string, unknown>, []).message.length).toBeLessThan(4 * lines.length);
  });
});
