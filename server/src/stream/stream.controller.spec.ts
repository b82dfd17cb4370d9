import type { FastifyReply } from 'fastify';
import { EventEmitter } from 'node:events';
import { checkEnvironment } from '../config/read-environment.js';
import { ConnectionLimits } from '../connections/connection-limits.js';
import { StreamController } from './stream.controller.js';
import { NoPeers } from '../repository/peers.js';
import type { StreamService } from './stream.service.js';

const ADA = { username: 'ada', sessionId: '', generation: 0, signedInAt: 0, expiresAt: 0 };

class Response extends EventEmitter {
  destroyed = false;
  writeHead(): void {}
  setTimeout(): void {}
}

/** The part of a reply that a stream uses. */
function replyTo(raw: Response): FastifyReply {
  return { raw, hijack: () => undefined, getHeaders: () => ({}) } as unknown as FastifyReply;
}

describe('StreamController', () => {
  const opened: unknown[] = [];
  const service = {
    open: (_: unknown, response: unknown) => Promise.resolve(opened.push(response)),
  } as unknown as StreamService;
  let limits: ConnectionLimits;
  let controller: StreamController;

  beforeEach(() => {
    opened.length = 0;
    const environment = checkEnvironment({ MAX_CONNECTIONS: '1' });
    limits = new ConnectionLimits(environment, new NoPeers());
    controller = new StreamController(service, limits, environment);
  });

  test('gives the place back once the response is closed', async () => {
    const response = new Response();
    await controller.streamNotifications(ADA, '127.0.0.1', replyTo(response));
    expect(() => limits.enter('bob', '127.0.0.2')).toThrow();
    response.emit('close');
    expect(() => limits.enter('bob', '127.0.0.2')).not.toThrow();
    expect(opened).toEqual([response]);
  });

  test('takes no place for a client that left while its token was checked', async () => {
    const response = new Response();
    response.destroyed = true;
    await controller.streamNotifications(ADA, '127.0.0.1', replyTo(response));
    expect(opened).toEqual([]);
    expect(() => limits.enter('bob', '127.0.0.2')).not.toThrow();
  });
});
