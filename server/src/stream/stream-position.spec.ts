import {
  type ChannelPositions,
  channelsOf,
  NAME_MAX,
  type Positions,
  PRIORITIES,
  type Priority,
  ROLES_MAX,
  TOPIC_MAX,
  TOPICS_MAX,
} from '@herald/protocol';
import type { Place } from '../repository/notification-repository.js';
import fc from 'fast-check';
import { newId } from '../repository/new-id.js';
import { hashOf, POSITION_TEXT_MAX } from './position-text.js';
import { requestedPositions, resolvePositions, StreamPosition } from './stream-position.js';

type Ids = Record<string, string>;

const [H, L, N, S] = [newId(), newId(), newId(), newId()];
const HEADS = {
  everyone: { high: [7, H] as [number, string], medium: [0, null] as [number, null], low: [41, L] as [number, string] },
};
const SEED = { seed: 7, numRuns: 300 };

/** Ids of a log by channel, lane and offset. */
const keyOf = (channel: string, lane: Priority, offset: number): string => `${channel} ${lane} ${offset}`;

/** A log with the entries at these positions. */
function logOf(...all: ChannelPositions[]): Ids {
  const entries = all.flatMap((positions) =>
    Object.entries(positions).flatMap(([channel, lanes]) =>
      PRIORITIES.map((lane) => [keyOf(channel, lane, lanes[lane]?.[0] ?? 0), lanes[lane]?.[1] ?? '']),
    ),
  );
  return Object.fromEntries(entries) as Ids;
}

function read(text: string, channels: readonly string[], ids: Ids, epoch = 'e'): Promise<Positions | null> {
  const idAt = ({ channel, lane, offset }: Place): string | null => ids[keyOf(channel, lane, offset)] ?? null;
  const log = {
    epoch: () => Promise.resolve(epoch),
    idsAt: (places: readonly Place[]) => Promise.resolve(places.map(idAt)),
  };
  return resolvePositions(text, channels, log);
}

/** The largest number of channels that a user can have, with the longest names. */
function mostChannels(letter: string): string[] {
  const names = (count: number, length: number): string[] =>
    Array.from({ length: count }, (_, n) => `${letter.repeat(length - 2)}${n + 10}`);
  const [roles, topics] = [names(ROLES_MAX, NAME_MAX), names(TOPICS_MAX, TOPIC_MAX)];
  return channelsOf({ username: letter.repeat(NAME_MAX), roles, topics });
}

const position = (most: number) =>
  fc.integer({ min: 0, max: most }).map((offset) => [offset, offset === 0 ? null : newId()] as [number, string | null]);
const lanesUpTo = (most: number) => fc.record({ high: position(most), medium: position(most), low: position(most) });

describe('the position of a stream', () => {
  test('moves only with entries, gaps and changes of channels', async () => {
    const position = new StreamPosition('e', undefined, HEADS);
    position.pass({ channel: 'everyone', offset: 8, id: N, priority: 'high' });
    position.pass({ channel: 'everyone', lane: 'medium', offset: 1, id: S });
    position.pass({ channel: 'everyone', lane: 'low', from: 42, to: 50, id: null, reason: 'trimmed' });
    position.pass({});
    const everyone = { high: [8, N], medium: [1, S], low: [50, null] } as Record<Priority, [number, string | null]>;
    expect(
      (await read(position.toString(), ['everyone'], logOf({ everyone: { ...everyone, low: [0, null] } })))?.channels,
    ).toEqual({ everyone });
    const joined: ChannelPositions = { 'topic:builds': { high: [1, N], medium: [0, null], low: [0, null] } };
    position.pass({ joined, left: ['everyone'] });
    expect((await read(position.toString(), ['everyone', 'topic:builds'], logOf(joined)))?.channels).toEqual(joined);
  });

  test('keeps the lanes of the client, and starts at the head of unknown ones', async () => {
    const sent = { epoch: 'e', channels: { everyone: { high: [5, N] as [number, string] } } };
    const text = new StreamPosition('e', sent, HEADS).toString();
    const expected: ChannelPositions = { everyone: { ...HEADS.everyone, high: [5, N] } };
    expect((await read(text, ['everyone'], logOf(expected)))?.channels).toEqual(expected);
  });

  test.each([null, { epoch: 'another', channels: HEADS }])(
    'proves nothing in a lane before its gap is sent, after %j',
    async (sent) => {
      const position = new StreamPosition('e', sent, HEADS);
      position.pass({ channel: 'everyone', lane: 'high', from: 1, to: 7, id: H, reason: 'epoch' });
      const expected = { everyone: { high: [7, H], medium: [0, ''], low: [0, ''] } };
      expect((await read(position.toString(), ['everyone'], logOf(HEADS)))?.channels).toEqual(expected);
    },
  );

  test("becomes an unproven position in each channel when it can't be read", async () => {
    expect(requestedPositions(null, ['everyone'])).toEqual({
      epoch: '',
      channels: { everyone: { high: [0, ''], medium: [0, ''], low: [0, ''] } },
    });
    expect(requestedPositions(undefined, ['everyone'])).toBeUndefined();
    expect(
      await read(new StreamPosition('another', undefined, HEADS).toString(), ['everyone'], logOf(HEADS)),
    ).toBeNull();
    const before = Buffer.from(JSON.stringify(['e', ['everyone', [7, H], [0, null], [41, L]]])).toString('base64url');
    expect(await read(before, ['everyone'], logOf(HEADS))).toBeNull();
  });

  test.each(['a', '語'])(
    'is decoded as it was encoded, within a thousand characters, for the largest number of channels: %s',
    async (letter) => {
      const channels = mostChannels(letter);
      const heads = fc
        .tuple(...channels.map(() => lanesUpTo(16_000)))
        .map((lanes) => Object.fromEntries(channels.map((channel, n) => [channel, lanes[n]!])));
      await fc.assert(
        fc.asyncProperty(heads, async (heads) => {
          const text = new StreamPosition('e', undefined, heads).toString();
          expect(text.length).toBeLessThanOrEqual(POSITION_TEXT_MAX);
          expect(await read(text, channels, logOf(heads))).toEqual({ epoch: 'e', channels: heads });
        }),
        { ...SEED, numRuns: 50 },
      );
    },
  );

  test('never exceeds a thousand characters, and leads to a gap when there is no room', async () => {
    const many = Array.from({ length: 200 }, (_, n) => `topic:${n}`);
    const heads = fc
      .integer({ min: 1, max: 200 })
      .chain((count) => fc.tuple(...many.slice(0, count).map(() => lanesUpTo(2 ** 50))));
    await fc.assert(
      fc.asyncProperty(heads, async (all) => {
        const heads: ChannelPositions = Object.fromEntries(all.map((lanes, n) => [many[n]!, lanes]));
        const text = new StreamPosition('e', undefined, heads).toString();
        expect(text.length).toBeLessThanOrEqual(POSITION_TEXT_MAX);
        const channels = Object.keys(heads);
        const resumed = requestedPositions(await read(text, channels, logOf(heads)), channels)!;
        for (const channel of channels) {
          for (const lane of PRIORITIES)
            expect([heads[channel]![lane], [0, '']]).toContainEqual(resumed.channels[channel]![lane]);
        }
      }),
      { ...SEED, numRuns: 50 },
    );
  });

  test('proves that the entries are the same, and treats a missing entry as trimmed', async () => {
    const text = new StreamPosition('e', undefined, HEADS).toString();
    const rewritten = logOf({ everyone: { high: [7, N] } });
    expect((await read(text, ['everyone'], rewritten))?.channels).toEqual({
      everyone: { high: [7, ''], medium: [0, null], low: [41, null] },
    });
  });

  test('does not mix up two channels with the same hash', async () => {
    const [one, other] = collision();
    const heads: ChannelPositions = {
      [one]: HEADS.everyone,
      [other]: { high: [1, N], medium: [1, S], low: [0, null] },
    };
    const unproven = { high: [0, ''], medium: [0, ''], low: [0, ''] };
    const both = new StreamPosition('e', undefined, heads).toString();
    expect((await read(both, [one, other], logOf(heads)))?.channels).toEqual({ [one]: unproven, [other]: unproven });
    const alone = new StreamPosition('e', undefined, { [one]: HEADS.everyone }).toString();
    expect((await read(alone, [one, other], logOf(heads)))?.channels).toEqual({ [one]: unproven, [other]: unproven });
  });

  test('is not decoded from invalid text, and decoding never throws', async () => {
    const written = fc.uint8Array({ maxLength: 40 }).map((bytes) => {
      const head = Buffer.from(new StreamPosition('e', undefined, {}).toString(), 'base64url');
      return Buffer.concat([head, bytes]).toString('base64url');
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), written), async (text) => {
        const positions = await read(text, ['everyone'], {});
        for (const lanes of Object.values(positions?.channels ?? {}))
          expect(Object.keys(lanes)).toEqual(['high', 'medium', 'low']);
      }),
      { ...SEED, numRuns: 2000 },
    );
  });
});

/** Two topics whose names have the same hash: a few thousand names contain such a pair. */
function collision(): [string, string] {
  const seen = new Map<number, string>();
  for (let n = 0; ; n++) {
    const name = `topic:${n}`;
    const other = seen.get(hashOf(name));
    if (other !== undefined) return [other, name];
    seen.set(hashOf(name), name);
  }
}
