import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type { ServerResponse } from 'node:http';
import { PassThrough } from 'node:stream';
import type { DeliveryEngine } from '../delivery/delivery-engine.js';
import type { Memberships } from '../gateway/memberships.js';
import { StreamService } from './stream.service.js';
import type { Streams } from './streams.js';

describe('StreamService', () => {
  test("ends a stream that can't be subscribed with a bye, and logs the error", async () => {
    const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const broken = new Error('the log can not be read');
    const delivery = { subscribe: () => Promise.reject(broken) } as unknown as DeliveryEngine;
    const memberships = { channelsOf: () => Promise.resolve(['everyone']) } as unknown as Memberships;
    const streams = { add: () => undefined, remove: () => undefined } as unknown as Streams;
    const response = new PassThrough();
    await new StreamService(delivery, memberships, streams).open(
      { username: 'ada', sessionId: '', generation: 0, signedInAt: 0, expiresAt: 0 },
      response as unknown as ServerResponse,
      undefined,
    );
    expect(String(response.read())).toMatch(/event: bye\ndata: {"code":1011,/);
    expect(response.writableEnded).toBe(true);
    expect(logged).toHaveBeenCalledWith(broken);
    logged.mockRestore();
  });
});
