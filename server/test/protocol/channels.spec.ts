import {
  channelsOf,
  MAX_FRAME_BYTES,
  NAME_MAX,
  parseChannel,
  type Positions,
  ROLES_MAX,
  TOPIC_MAX,
  TOPICS_MAX,
} from '@herald/protocol';

describe('a channel', () => {
  test.each([
    ['everyone', { kind: 'everyone' }],
    ['user:ada@example.org', { kind: 'user', name: 'ada@example.org' }],
    ['role:on-call', { kind: 'role', name: 'on-call' }],
    ['topic:größe.v1+rc_2', { kind: 'topic', name: 'größe.v1+rc_2' }],
    ['user:everyone', { kind: 'user', name: 'everyone' }],
    [`role:${'x'.repeat(NAME_MAX)}`, { kind: 'role', name: 'x'.repeat(NAME_MAX) }],
    [`topic:${'x'.repeat(TOPIC_MAX)}`, { kind: 'topic', name: 'x'.repeat(TOPIC_MAX) }],
    ['topic:_alerts', { kind: 'topic', name: '_alerts' }],
    ['topic:-', { kind: 'topic', name: '-' }],
  ])('can be %s', (name, channel) => {
    expect(parseChannel(name)).toEqual(channel);
  });

  test.each([
    '',
    'Everyone',
    'everyone ',
    'user',
    'user:',
    'user:a b',
    'user:.a',
    'user:a:b',
    'group:a',
    'user:a\n',
    'user:_a',
    'role:-a',
    'topic:.a',
    'topic:@a',
    `role:${'x'.repeat(NAME_MAX + 1)}`,
    `topic:${'x'.repeat(TOPIC_MAX + 1)}`,
  ])('cannot be %j', (name) => {
    expect(parseChannel(name)).toBeUndefined();
  });

  test.each([
    'admin\u3164',
    'ad\u115fmin',
    '\u3164',
    'ops\uffa0',
    'ops\u{e0100}',
    'ops\u200b',
    'ops\u202e',
    'ops\u00ad',
  ])('cannot be user:%j, which looks like another name', (name) => {
    expect(parseChannel(`user:${name}`)).toBeUndefined();
  });

  test("is derived from the user's name, roles and topics", () => {
    const user = { username: 'ada', roles: ['ops', 'dev'], topics: ['builds'] };
    expect(channelsOf(user)).toEqual(['everyone', 'user:ada', 'role:ops', 'role:dev', 'topic:builds']);
  });
});

test('positions of a user with the most roles and topics fit into one hello', () => {
  // The longest names in UTF-8, and offsets larger than any lane reaches.
  const names = (count: number, length: number): string[] =>
    Array.from({ length: count }, (_, n) => String(n).padEnd(length, '日'));
  const [username = ''] = names(1, NAME_MAX);
  const user = { username, roles: names(ROLES_MAX, NAME_MAX), topics: names(TOPICS_MAX, TOPIC_MAX) };
  const id = '01932c07-6c4e-7000-8000-00000000abcd';
  const lanes = { high: [1e15, id], medium: [1e15, id], low: [1e15, id] } as Positions['channels'][string];
  const channels = Object.fromEntries(channelsOf(user).map((name) => [name, lanes]));
  const hello = { event: 'hello', data: { positions: { epoch: id, channels } } };
  expect(Buffer.byteLength(JSON.stringify(hello))).toBeLessThanOrEqual(MAX_FRAME_BYTES);
});
