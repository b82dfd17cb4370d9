import type { Priority, ServerFrame } from '@herald/protocol';
import { Ledger } from './ledger.js';
import { Published } from './published.js';

const EVERYONE = ['everyone'];

function welcome(high: number, epoch = 'e1', resumed = false): ServerFrame {
  const heads = { everyone: { high: at(high), medium: at(0), low: at(0) } };
  return { event: 'welcome', data: { epoch, heads, resumed } } as unknown as ServerFrame;
}

function at(offset: number): [number, string | null] {
  return [offset, offset === 0 ? null : `id ${offset}`];
}

function notification(offset: number, priority: Priority = 'high', id = `id ${offset}`): ServerFrame {
  return { event: 'notification', data: { channel: 'everyone', priority, offset, id } } as ServerFrame;
}

function gap(
  from: number,
  to: number,
  reason: 'trimmed' | 'epoch' | 'truncated',
  lane: Priority = 'high',
): ServerFrame {
  return { event: 'gap', data: { channel: 'everyone', lane, from, to, id: null, reason } };
}

function channels(joined: Record<string, number>, left: string[] = []): ServerFrame {
  const heads = Object.entries(joined).map(([channel, high]) => [
    channel,
    { high: at(high), medium: at(0), low: at(0) },
  ]);
  return { event: 'channels', data: { joined: Object.fromEntries(heads), left } };
}

const live: ServerFrame = { event: 'live' };

describe('the ledger of the delivery promise', () => {
  let ledger: Ledger;
  let published: Published;

  beforeEach(() => {
    ledger = new Ledger('ada');
    published = new Published();
    for (let offset = 1; offset <= 4; offset++) published.add('e1', 'everyone', 'high', `id ${offset}`);
  });

  function told(...frames: ServerFrame[]): void {
    for (const frame of frames) ledger.take(frame);
  }

  it('accepts every entry in order', () => {
    told(welcome(1), live, notification(2), notification(3), notification(4));
    expect(published.isReachedBy(ledger, 'e1', EVERYONE)).toBe(true);
    expect(() => published.check(ledger, 'e1', EVERYONE)).not.toThrow();
  });

  it('accepts a resume and an announced gap', () => {
    told(welcome(0), live, notification(1), welcome(4, 'e1', true), gap(2, 3, 'trimmed'), notification(4), live);
    expect(() => published.check(ledger, 'e1', EVERYONE)).not.toThrow();
  });

  test.each<[string, ServerFrame[], RegExp]>([
    ['a hole', [welcome(0), notification(1), notification(3)], /went from 1 to 3/],
    ['a duplicate', [welcome(0), notification(1), notification(1)], /went from 1 to 1/],
    [
      'a duplicate after a resume',
      [welcome(0), notification(1), welcome(1, 'e1', true), notification(1)],
      /went from 1 to 1/,
    ],
    [
      'live before the heads are reached',
      [welcome(0), live, welcome(2, 'e1', true), notification(1), live],
      /is live in everyone high at 1 of 2/,
    ],
    ['live twice', [welcome(0), live, live], /twice/],
    ['a gap that overlaps', [welcome(0), notification(1), gap(1, 2, 'trimmed')], /from 1 to 2 after 1/],
    ['a true position refused', [welcome(0), notification(1), gap(1, 2, 'truncated')], /though its position was true/],
    ['a new epoch that claims to resume', [welcome(0), welcome(0, 'e2', true)], /resumed is true/],
    ['a new epoch that is not announced', [welcome(0), welcome(0, 'e2'), live], /is live in everyone high/],
    [
      'an entry before the gap of a new epoch',
      [welcome(0), welcome(0, 'e2'), notification(1)],
      /before the gap that was due/,
    ],
    ['a gap of a new epoch that stops short', [welcome(0), welcome(3, 'e2'), gap(1, 2, 'epoch')], /not to the head/],
    [
      'a channel that the welcome does not have',
      [
        welcome(0),
        { event: 'notification', data: { channel: 'x', priority: 'low', offset: 1, id: '' } } as ServerFrame,
      ],
      /not in the welcome/,
    ],
    ['an entry before the welcome', [notification(1)], /before the welcome/],
    ['an entry of a channel that was left', [welcome(0), channels({}, ['everyone']), notification(1)], /was left at 0/],
    [
      'a gap in a channel that was left',
      [welcome(0), channels({}, ['everyone']), gap(1, 2, 'trimmed')],
      /was left at 0/,
    ],
    ['a channel joined twice', [welcome(0), channels({ everyone: 0 })], /which it was in/],
    ['a channel left twice', [welcome(0), channels({}, ['everyone']), channels({}, ['everyone'])], /was not in/],
    [
      'an entry that is not the next behind the head of a join',
      [welcome(0), channels({}, ['everyone']), channels({ everyone: 2 }), notification(4)],
      /went from 2 to 4/,
    ],
    ['an error', [{ event: 'error', data: { code: 'internal', message: 'no' } }], /internal/],
  ])('refuses %s', (_, frames, message) => {
    expect(() => told(...frames)).toThrow(message);
  });

  it('accepts a channel left and joined again at its head, however many entries came meanwhile', () => {
    told(welcome(0), notification(1), channels({}, ['everyone']), live, channels({ everyone: 3 }), notification(4));
    expect(() => published.check(ledger, 'e1', EVERYONE)).not.toThrow();
  });

  it('finds an entry lost in silence after a join', () => {
    told(welcome(0), notification(1), channels({}, ['everyone']), channels({ everyone: 3 }));
    expect(published.owedTo(ledger, 'e1', 'everyone', 'high')).toEqual(['id 4']);
  });

  it('expects nothing more of a channel that was left, also by a welcome without it', () => {
    told(welcome(0), notification(1), {
      event: 'welcome',
      data: { epoch: 'e1', heads: {}, resumed: true },
    } as unknown as ServerFrame);
    expect(() => published.check(ledger, 'e1', EVERYONE)).not.toThrow();
    expect(ledger.positions).toEqual({ epoch: 'e1', channels: {} });
  });

  it('finds an entry lost in silence at the end', () => {
    told(welcome(0), notification(1), notification(2), notification(3));
    expect(published.owedTo(ledger, 'e1', 'everyone', 'high')).toEqual(['id 4']);
    expect(() => published.check(ledger, 'e1', EVERYONE)).toThrow(/4 was lost in silence/);
  });

  it('finds an entry that differs from the published one, or was never published', () => {
    told(welcome(2), notification(3, 'high', 'id 9'), notification(4));
    expect(() => published.check(ledger, 'e1', EVERYONE)).toThrow(/3 is id 9/);
    const other = new Ledger('bob');
    for (const frame of [welcome(4), notification(5)]) other.take(frame);
    expect(() => published.check(other, 'e1', EVERYONE)).toThrow(/5 is id 5, but undefined/);
  });

  it('finds a gap beyond the published entries', () => {
    told(welcome(3), gap(4, 6, 'trimmed'));
    expect(() => published.check(ledger, 'e1', EVERYONE)).toThrow(/6 was announced as lost/);
  });

  it('finds a lane that the client was never welcomed in', () => {
    told(welcome(4));
    expect(() => published.check(ledger, 'e1', ['user:ada'])).toThrow(/never welcomed/);
  });
});
