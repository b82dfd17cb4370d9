import fc from 'fast-check';
import { asked, readPosition, StreamPosition } from './stream-position.js';

const HEADS = { everyone: { high: [7, 'h'] as [number, string], medium: [0, null] as [number, null], low: [41, 'l'] as [number, string] } };

const textOf = (position: StreamPosition): string => position.toString();

describe('the position of a stream', () => {
  test('is read back as it was written', () => {
    expect(readPosition(textOf(new StreamPosition('e', undefined, HEADS)))).toEqual({ epoch: 'e', channels: HEADS });
  });

  test('moves with entries, gaps and changes of channels, and with nothing else', () => {
    const position = new StreamPosition('e', undefined, HEADS);
    position.pass({ channel: 'everyone', offset: 8, id: 'n', priority: 'high' });
    position.pass({ channel: 'everyone', lane: 'medium', offset: 1, id: 's' });
    position.pass({ channel: 'everyone', lane: 'low', from: 42, to: 50, id: null, reason: 'trimmed' });
    position.pass({});
    const everyone = { high: [8, 'n'], medium: [1, 's'], low: [50, null] };
    expect(readPosition(textOf(position))?.channels).toEqual({ everyone });
    position.pass({ joined: { 'topic:builds': { high: [1, 'a'], medium: [0, null], low: [0, null] } }, left: ['everyone'] });
    expect(Object.keys(readPosition(textOf(position))?.channels ?? {})).toEqual(['topic:builds']);
  });

  test('keeps what the client had, and begins at the head of what it did not know', () => {
    const sent = { epoch: 'e', channels: { everyone: { high: [5, 'g'] as [number, string] } } };
    expect(readPosition(textOf(new StreamPosition('e', sent, HEADS)))?.channels).toEqual({ everyone: { ...HEADS.everyone, high: [5, 'g'] } });
  });

  test.each([null, { epoch: 'another', channels: HEADS }])('proves nothing until the gap of its lane was sent, after %j', (sent) => {
    const position = new StreamPosition('e', sent, HEADS);
    position.pass({ channel: 'everyone', lane: 'high', from: 1, to: 7, id: 'h', reason: 'epoch' });
    expect(readPosition(textOf(position))?.channels).toEqual({ everyone: { high: [7, 'h'], medium: [0, ''], low: [0, ''] } });
  });

  test('that can\'t be read is one of no epoch, for each channel', () => {
    expect(asked(null, ['everyone'])).toEqual({ epoch: '', channels: { everyone: { high: [0, ''], medium: [0, ''], low: [0, ''] } } });
    expect(asked(undefined, ['everyone'])).toBeUndefined();
  });

  test('is never read from what is none, and reading never throws', () => {
    const json = fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text).toString('base64url'));
    fc.assert(
      fc.property(fc.oneof(fc.string(), json), (text) => {
        const read = readPosition(text);
        if (read === null) return;
        expect(typeof read.epoch).toBe('string');
        for (const lanes of Object.values(read.channels)) expect(Object.keys(lanes)).toEqual(['high', 'medium', 'low']);
      }),
      { seed: 7, numRuns: 2000 },
    );
    expect(readPosition(Buffer.from('["e",["everyone",[1,"a"]]]').toString('base64url'))).toBeNull();
    expect(readPosition(Buffer.from('["e",["everyone",[-1,"a"],[0,null],[0,null]]]').toString('base64url'))).toBeNull();
  });
});
