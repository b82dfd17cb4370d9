import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import { STOPPING } from '../connections/closes.js';
import { EventStream } from './event-stream.js';

const HEARTBEAT_MS = 1000;
const ADA = { username: 'ada', sessionId: '', generation: 0, signedInAt: 0, expiresAt: 0 };

/** A fake response; only the test reads it. */
const responseOf = (highWaterMark: number): PassThrough => new PassThrough({ highWaterMark });
const streamTo = (response: PassThrough): EventStream => new EventStream(ADA, response as unknown as ServerResponse);
const textIn = (response: PassThrough): string => String(response.read() ?? '');

describe('EventStream', () => {
  afterEach(() => jest.restoreAllMocks());

  test('sends a comment as heartbeat, unless earlier bytes are still unread', () => {
    const [read, stuck] = [responseOf(1000), responseOf(1)];
    for (const response of [read, stuck]) streamTo(response).welcome({});
    const before = stuck.writableLength + stuck.readableLength;
    for (const response of [read, stuck])
      streamTo(response).tend({
        now: performance.now() + HEARTBEAT_MS,
        pausedMs: 0,
        heartbeatMs: HEARTBEAT_MS,
        renewWithinMs: 0,
      });
    expect(textIn(read)).toMatch(/: heartbeat\n\n$/);
    expect(stuck.writableLength + stuck.readableLength).toBe(before);
  });

  test('sends bye and ends', () => {
    const response = responseOf(1000);
    streamTo(response).close(STOPPING);
    expect(textIn(response)).toContain(`event: bye\ndata: {"code":4503,"reason":"the server is stopping"}\n\n`);
    expect([response.writableEnded, response.destroyed]).toEqual([true, false]);
  });

  test('sends bye with 1011 when the log cannot be read, so that the client reconnects', () => {
    const response = responseOf(1000);
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    streamTo(response).fail(new Error('the log is away'));
    expect(textIn(response)).toMatch(/event: bye\ndata: {"code":1011,/);
    expect(response.writableEnded).toBe(true);
  });

  test('is cut when the client does not read, since it would delay the stop of the server', () => {
    const response = responseOf(1);
    streamTo(response).welcome({});
    streamTo(response).close(STOPPING);
    expect(response.destroyed).toBe(true);
  });
});
