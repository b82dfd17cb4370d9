import { jest } from '@jest/globals';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { Refusal } from './refusal.js';
import { LINGER_MS, refuseSocket } from './socket-refusal.js';

const LINGERING_MAX = 1000;
const REFUSAL = new Refusal(503, 'too_many_connections', 'No more');

/** A client that reads everything, and closes its side when it is told to. */
class Client extends Duplex {
  override _write(_: Buffer, __: string, done: () => void): void {
    done();
  }

  override _read(): void {
    // Its bytes come from `push`.
  }

  hangUp(): void {
    this.push(null);
  }
}

/** @returns the client once it has the whole refusal */
async function refused(): Promise<Client> {
  const client = new Client();
  const finished = once(client, 'finish');
  refuseSocket(client, REFUSAL);
  await finished;
  return client;
}

describe('a refused socket', () => {
  let clients: Client[];

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
    clients = [];
  });

  afterEach(async () => {
    const closed = clients.filter(({ closed }) => !closed).map((client) => once(client.destroy(), 'close'));
    await Promise.all(closed);
    jest.useRealTimers();
  });

  async function refuseSome(count: number): Promise<void> {
    for (let n = 0; n < count; n++) clients.push(await refused());
  }

  test('stays open until its client has closed its side', async () => {
    await refuseSome(1);
    const [client] = clients as [Client];
    expect(client.destroyed).toBe(false);
    const closed = once(client, 'close');
    client.hangUp();
    await closed;
  });

  test('is closed after two seconds', async () => {
    await refuseSome(1);
    const [client] = clients as [Client];
    jest.advanceTimersByTime(LINGER_MS - 1);
    expect(client.destroyed).toBe(false);
    jest.advanceTimersByTime(1);
    expect(client.destroyed).toBe(true);
  });

  test('is closed at once while a thousand others wait for their clients', async () => {
    await refuseSome(LINGERING_MAX + 1);
    expect(clients.map(({ destroyed }) => destroyed).indexOf(true)).toBe(LINGERING_MAX);
    const closed = once(clients[0] as Client, 'close');
    clients[0]?.hangUp();
    await closed;
    await refuseSome(1);
    expect(clients.at(-1)?.destroyed).toBe(false);
  });
});
