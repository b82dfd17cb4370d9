import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { FrameSocket } from '../frame-socket.js';
import { Scrape } from '../metrics/scrape.js';
import { describeWithPostgres, PostgresServer } from '../repository/postgres-server.js';
import { DRAFT } from '../running-server.js';
import { LogLines } from './log-lines.js';
import { signIn } from './sign-in.js';
import { endOf, spawnMain } from './spawn-main.js';

/** A worker, as its log lines name it. */
interface Worker {
  name: string;
  pid: number;
}

interface Client {
  socket: FrameSocket;
  /** Name of the worker that serves it. */
  worker: string;
}

test('several workers with a store in memory are refused in one line', async () => {
  const { code, errors } = await endOf(spawnMain({ variables: { WORKERS: '2' } }));
  expect([code, errors]).toEqual([
    1,
    'WORKERS: several processes can share a PostgreSQL store only, and DATABASE_URL is memory:\n',
  ]);
});

describeWithPostgres('workers', () => {
  let variables: NodeJS.ProcessEnv;

  beforeAll(async () => {
    const postgres = await PostgresServer.start();
    const DATABASE_URL = await postgres.createDatabase('workers');
    await postgres.query('ALTER DATABASE workers SET synchronous_commit = off');
    variables = { DATABASE_URL, SECRET_KEY: 'one for all workers', WORKERS: '2', LOG_LEVEL: 'debug', PORT: '0' };
  });

  async function ready(lines: LogLines): Promise<Worker> {
    const [, name, pid] = await lines.next(/\[(worker \d+)\] Ready as process (\d+)$/);
    return { name: name!, pid: Number(pid) };
  }

  describe('on one port', () => {
    let child: ChildProcess;
    let ended: Promise<unknown[]>;
    let lines: LogLines;
    let host: string;
    let token: string;
    let workers: Worker[];
    let clients: Client[];
    /** The worker of each open connection. */
    let serving: string[] = [];

    beforeAll(async () => {
      child = spawnMain({ variables });
      ended = once(child, 'exit');
      lines = new LogLines(child.stdout!);
      const first = await ready(lines);
      const [, port] = await lines.next(/API and WebSocket on http:\/\/localhost:(\d+), by 2 workers$/);
      await lines.next(/WARN.* PostgreSQL’s synchronous_commit is off/);
      workers = [first, await ready(lines)];
      host = `127.0.0.1:${port!}`;
      token = await signIn(host);
      clients = await connectToEach();
    });

    /** A client of each worker. They take turns, but one that is slow to answer the primary process misses its turn. */
    async function connectToEach(): Promise<Client[]> {
      const found = new Map<string, Client>();
      while (workers.some(({ name }) => !found.has(name))) {
        const client = await connect();
        found.set(client.worker, client);
      }
      return [...found.values()];
    }

    async function connect(): Promise<Client> {
      const socket = await FrameSocket.live({ host }, token);
      await socket.next('live');
      const [, worker] = await lines.next(/\[(worker \d+)\] connected: /);
      serving.push(worker!);
      return { socket, worker: worker! };
    }

    test('deliver what any of them has stored', async () => {
      await send();
      for (const { socket } of clients) expect((await socket.next('notification')).data.title).toBe(DRAFT.title);
    });

    const CONNECTIONS = 'herald_connections{transport="websocket"}';
    const DELIVERIES = 'herald_deliveries_total{lane="high"}';
    const SENDS = 'herald_store_duration_seconds_count{operation="append"}';

    test('answer a scrape with the figures of all of them, whichever is asked', async () => {
      for (let n = 0; n < 4; n++) {
        const scrape = await Scrape.at(host);
        const values = [CONNECTIONS, DELIVERIES, SENDS].map((key) => scrape.value(key));
        expect(values).toEqual([serving.length, serving.length, 1]);
        expect(scrape.value('herald_store_ready')).toBe(1);
        expect(scrape.text).toMatch(/^herald_build_info\{version="[\d.]+"\} 1$/m);
        expect(scrape.text).toMatch(/^process_start_time_seconds \d{10}$/m);
      }
    });

    test('are started again when they die, and the others serve on', async () => {
      const [lost, kept] = clients as [Client, Client];
      process.kill(workers.find(({ name }) => name === lost.worker)!.pid, 'SIGKILL');
      expect((await lost.socket.closed).code).toBe(1006);
      await lines.next(new RegExp(`W${lost.worker.slice(1)} has ended \\(SIGKILL\\); another one starts in 0.1 s$`));
      await send();
      await kept.socket.next('notification');
      workers = [...workers.filter(({ name }) => name === kept.worker), await ready(lines)];
      expect(workers[1]?.name).toBe('worker 3');
      const countedBefore = serving.length;
      serving = serving.filter((worker) => worker === kept.worker);
      const scrape = await Scrape.at(host);
      // Counters go on from what they were.
      const values = [CONNECTIONS, DELIVERIES, SENDS].map((key) => scrape.value(key));
      expect(values).toEqual([serving.length, countedBefore + serving.length, 2]);
      clients = await connectToEach();
    });

    test('all stop in good order by Ctrl-C, which a terminal sends to each process', async () => {
      for (const { pid } of workers) process.kill(pid, 'SIGINT');
      child.kill('SIGINT');
      for (const { socket } of clients) {
        await socket.nextOf('bye');
        expect((await socket.closed).code).toBe(4503);
      }
      expect(await ended).toEqual([0, null]);
    });

    async function send(): Promise<void> {
      const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` };
      const body = JSON.stringify(DRAFT);
      const { status } = await fetch(`http://${host}/api/notifications/send`, { method: 'POST', headers, body });
      expect(status).toBe(201);
    }
  });

  test('end with the primary process', async () => {
    const child = spawnMain({ variables });
    const output = new LogLines(child.stdout!);
    await ready(output);
    child.kill('SIGKILL');
    // They share it, so it ends with the last of them.
    await output.end();
  });

  test('are not started again if the first one can’t start, whose reason is told once', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { code, errors } = await endOf(spawnMain({ variables: { ...variables, PORT: String(port) } }));
    holder.close();
    expect([code, errors]).toEqual([1, `PORT: port ${port} is taken; stop what uses it, or set PORT to another\n`]);
  });
});
