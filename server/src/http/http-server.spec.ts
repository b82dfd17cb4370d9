import { once } from 'node:events';
import { get, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpServer } from './http-server.js';
import { PlainConnections } from './plain-connections.js';

describe('createHttpServer', () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(serve: Parameters<typeof createHttpServer>[0]): Promise<Server> {
    const server = createHttpServer(serve, new PlainConnections(10, ''), '');
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return server;
  }

  async function ask(server: Server): Promise<void> {
    const { port } = server.address() as AddressInfo;
    const [answer] = (await once(get({ host: '127.0.0.1', port, agent: false }), 'response')) as [
      NodeJS.ReadableStream,
    ];
    await once(answer.resume(), 'end');
  }

  test('prepares a request that another port forwards once', async () => {
    const listeners: number[] = [];
    const api = await listen((_, response: ServerResponse) => {
      listeners.push(response.listenerCount('finish'));
      response.end();
    });
    const page = await listen((request, response) => api.emit('request', request, response));
    await ask(api);
    await ask(page);
    expect(listeners[1]).toBe(listeners[0]);
  });
});
