import { KEY_MAX, URL_MAX } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Refusal } from '../http/refusal/refusal.js';
import { createValidationPipe } from '../validation/validation.pipe.js';
import { newNotification } from './new-notification.js';
import { SendNotificationDto } from './send-notification.dto.js';

const VALID = { title: 'Deploy finished', message: 'Version 42 is live.', priority: 'high', category: 'deploy' };
const OPEN = { label: 'Open', url: 'https://example.com/builds/42' };
const FULL = {
  url: 'https://example.com/builds/42',
  actions: [OPEN, { label: 'Approve', event: 'approve' }],
  tags: ['rocket', '+1'],
  markdown: true,
  expiresAt: '2026-01-31T10:00:00.000Z',
  key: 'deploy/42',
  requiresAck: true,
  data: { build: { number: 42, jobs: ['test', { name: 'lint' }] }, isGreen: null, none: {} },
};

const parse = async (fields: object): Promise<SendNotificationDto> =>
  (await createValidationPipe().transform(
    { ...VALID, ...fields },
    { type: 'body', metatype: SendNotificationDto },
  )) as SendNotificationDto;

/** `field: reason` of each fault; empty if the fields are accepted. */
async function refusals(fields: object): Promise<string[]> {
  const error: unknown = await parse(fields).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) return [];
  expect(error).toMatchObject({ code: 'invalid_request' });
  return (error as Refusal).details.map(({ field, reason }) => `${field}: ${reason}`);
}

describe('NotificationOptionsDto', () => {
  beforeEach(() => jest.useFakeTimers({ now: Date.parse('2026-01-31T08:00:00Z') }));
  afterEach(() => jest.useRealTimers());

  test('keeps given options, and stores no absent ones', async () => {
    const ada = { name: 'ada' };
    const full = await parse(FULL);
    expect(newNotification(full, full.audience ?? [], ada)).toMatchObject(FULL);
    const empty = await parse({ markdown: false, requiresAck: false, tags: [], actions: [] });
    const bare = newNotification(empty, ['everyone'], ada);
    expect(Object.keys(bare).toSorted()).toEqual(['audience', 'category', 'message', 'priority', 'sender', 'title']);
  });

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'file:///etc/passwd',
    'ftp://example.com/',
    '//example.com/',
    '/builds/42',
    'https://',
    'http://exa mple.com/',
    'http://example.com/\u0000',
    '',
  ])('refuses the address %j in a notification and in an action', async (url) => {
    const reason = 'url must be an address that begins with http:// or https://';
    expect(await refusals({ url })).toEqual([`url: ${reason}`]);
    expect(await refusals({ actions: [OPEN, { label: 'Another', url }] })).toEqual([`actions.1.url: ${reason}`]);
  });

  test.each([
    'https://bank.example@elsewhere.example/',
    'https://:secret@example.com',
    'http://a:b@example.com',
    'https:////bank.example@elsewhere.example',
  ])('refuses the misleading address %j', async (url) => {
    const reason = 'url must have no username or password before its host';
    expect(await refusals({ url })).toEqual([`url: ${reason}`]);
    expect(await refusals({ actions: [OPEN, { label: 'Another', url }] })).toEqual([`actions.1.url: ${reason}`]);
  });

  test('accepts an address with an @ after its host', async () => {
    expect(await refusals({ url: 'https://example.com/@ada?to=bob@example.com' })).toEqual([]);
  });

  test.each([
    ['OK', 'OK'],
    ['OK', ' ok '],
    ['Straße', 'STRASSE'.toLowerCase().replace('ss', 'ß')],
    ['café', 'cafe\u0301'],
    ['Yes, please', 'Yes,  please'],
    ['OK', 'O\u200bK'],
    ['OK', '\uff2f\uff2b'],
  ])('refuses actions with indistinguishable labels: %j and %j', async (one, other) => {
    const actions = [
      { label: one, event: 'approve' },
      { label: 'Later', event: 'later' },
      { label: other, event: 'deny' },
    ];
    expect(await refusals({ actions })).toEqual(['actions: each of actions must have its own label']);
    expect(await refusals({ actions: actions.slice(0, 2) })).toEqual([]);
  });

  test('refuses values that are not actions', async () => {
    expect(await refusals({ actions: [null, 5, { label: 5 }] })).not.toEqual([]);
  });

  test('limits the size of data as JSON, and its depth', async () => {
    const deep = (levels: number): unknown => (levels === 0 ? 1 : { in: deep(levels - 1) });
    expect(await refusals({ data: deep(8) })).toEqual([]);
    const tooDeep = 'data: data must not nest objects and lists more than 8 levels deep';
    for (const data of [deep(9), { in: [[[[[[[[]]]]]]]] }]) expect(await refusals({ data })).toEqual([tooDeep]);
    const ofBytes = (bytes: number): object => ({ x: 'é'.repeat((bytes - 8) / 2) });
    expect(await refusals({ data: ofBytes(8192) })).toEqual([]);
    expect(await refusals({ data: ofBytes(8194) })).toEqual(['data: data must have at most 8192 bytes as JSON']);
  });

  test.each([null, 5, 'text', true, [], [{ a: 1 }]])('refuses %j as data', async (data) => {
    expect(await refusals({ data })).toEqual(['data: data must be an object']);
  });

  test('refuses an address beyond the maximum length', async () => {
    const url = `https://example.com/${'x'.repeat(URL_MAX)}`;
    expect(await refusals({ url: url.slice(0, URL_MAX) })).toEqual([]);
    expect(await refusals({ url })).toEqual([`url: url must have at most ${URL_MAX} characters`]);
  });

  test.each([
    [{}, 'label: label is required'],
    [{ label: 'Open' }, 'url: url is required'],
    [{ label: ' ', event: 'approve' }, 'label: label must not be blank'],
    [{ label: 'x'.repeat(41), event: 'approve' }, 'label: label must have at most 40 characters'],
    [
      { label: 'Approve', event: 'two words' },
      'event: event must be one word of letters, digits, dots, hyphens or underscores',
    ],
    [{ ...OPEN, event: 'approve' }, 'event: event must not be given together with url'],
    [{ ...OPEN, onclick: 'alert(1)' }, 'onclick: onclick is not a known field'],
  ])('refuses the action %j', async (action, reason) => {
    expect(await refusals({ actions: [action] })).toContain(`actions.0.${reason}`);
  });

  test('refuses more than three actions, and values that are not lists of actions', async () => {
    expect(await refusals({ actions: ['One', 'Two', 'Three'].map((label) => ({ ...OPEN, label })) })).toEqual([]);
    expect(await refusals({ actions: Array(5).fill(OPEN) })).toEqual(['actions: actions must have at most 3 items']);
    for (const actions of [OPEN, 'Open', null])
      expect(await refusals({ actions })).toEqual(['actions: actions must be a list']);
    expect(await refusals({ actions: ['Open'] })).toHaveLength(1);
  });

  test('drops the colons of short codes and duplicate tags', async () => {
    expect((await parse({ tags: [':warning:', 'warning', 'disk', ':+1:', 'größe'] })).tags).toEqual([
      'warning',
      'disk',
      '+1',
      'größe',
    ]);
  });

  test.each([
    [['two words'], 'each value in tags must be one word, such as warning or +1'],
    [['<b>'], 'each value in tags must be one word, such as warning or +1'],
    [[''], 'each value in tags must be one word, such as warning or +1'],
    [[5], 'each value in tags must be a string'],
    ['warning', 'tags must be a list'],
    ['abcdefghi'.split(''), 'tags must have at most 8 items'],
  ])('refuses the tags %j', async (tags, reason) => {
    expect(await refusals({ tags })).toEqual([`tags: ${reason}`]);
  });

  test.each([
    ['2026-01-31T07:59:59Z', 'expiresAt must be in the future, at most a year ahead'],
    ['2027-02-02T08:00:00Z', 'expiresAt must be in the future, at most a year ahead'],
    ['tomorrow', 'expiresAt must be an instant, such as 2026-01-31T08:00:00Z'],
    [1800000000000, 'expiresAt must be an instant, such as 2026-01-31T08:00:00Z'],
  ])('refuses the expiry %j', async (expiresAt, reason) => {
    expect(await refusals({ expiresAt })).toEqual([`expiresAt: ${reason}`]);
  });

  test('requires a delivery time in the future, and an expiry after it', async () => {
    const deliverAt = '2026-01-31T09:00:00.000Z';
    expect(await refusals({ deliverAt })).toEqual([]);
    expect(await refusals({ deliverAt: '2026-01-31T07:00:00Z' })).toEqual([
      'deliverAt: deliverAt must be in the future, at most a year ahead',
    ]);
    expect(await refusals({ deliverAt, expiresAt: '2026-01-31T09:00:00.001Z' })).toEqual([]);
    expect(await refusals({ deliverAt, expiresAt: '2026-01-31T10:00:00+01:00' })).toEqual([
      'expiresAt: expiresAt must be later than deliverAt',
    ]);
  });

  test('refuses a key that is blank or too long', async () => {
    expect(await refusals({ key: ' ' })).toEqual(['key: key must not be blank']);
    expect(await refusals({ key: 'x'.repeat(KEY_MAX + 1) })).toEqual([
      `key: key must have at most ${KEY_MAX} characters`,
    ]);
  });

  test('allows confirmation with high priority only', async () => {
    expect(await refusals({ requiresAck: true, priority: 'medium' })).toEqual([
      'requiresAck: requiresAck needs the priority high',
    ]);
    expect(await refusals({ requiresAck: false, priority: 'medium' })).toEqual([]);
    expect(await refusals({ requiresAck: 'yes' })).toEqual(['requiresAck: requiresAck must be true or false']);
  });
});
