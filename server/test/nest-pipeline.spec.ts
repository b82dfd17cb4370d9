import type { MessageMappingProperties } from '@nestjs/websockets';
import { jest } from '@jest/globals';
import { HeraldWsAdapter } from '../src/gateway/herald-ws.adapter.js';
import type { SocketConnection } from '../src/gateway/socket-connection.js';
import { FrameSocket } from './frame-socket.js';
import { RunningServer } from './running-server.js';

describe("Nest's own pipeline", () => {
  let server: RunningServer;
  let client: FrameSocket;
  let connection: SocketConnection;
  let handlers: MessageMappingProperties[];

  beforeEach(async () => {
    const bind = jest.spyOn(HeraldWsAdapter.prototype, 'bindMessageHandlers');
    server = await RunningServer.start();
    client = await FrameSocket.live(server, await server.signIn());
    await client.next('live');
    [connection, handlers] = bind.mock.calls[0] as unknown as [SocketConnection, MessageMappingProperties[]];
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await server.close();
  });

  const handle = (event: string, data: unknown): unknown =>
    handlers.find(({ message }) => message === event)!.callback(data, event);

  test('has a handler for every frame of a client', () => {
    expect(handlers.map(({ message }) => message)).toEqual(['hello', 'ack', 'heartbeat', 'authenticate']);
  });

  test("returns the handler's answer", async () => {
    expect(await handle('heartbeat', undefined)).toMatchObject({ event: 'heartbeat_ack' });
  });

  test('answers an error through the filter', async () => {
    await handle('ack', { everyone: { high: 'x' } });
    expect((await client.next('error')).data).toMatchObject({
      code: 'malformed',
      params: { field: 'ack.everyone.high' },
    });
  });

  test('closes with 4401 through the guard when the token has expired', async () => {
    connection.renew({ ...connection.principal, expiresAt: Date.now() });
    await handle('heartbeat', undefined);
    expect(await client.closed).toEqual({ code: 4401, reason: 'The token has expired' });
  });
});
