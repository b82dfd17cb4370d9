import type { AppWithKey, Notification, Positions } from '@herald/protocol';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess } from '../chaos/server-process.js';
import { signIn } from '../process/sign-in.js';
import { DRAFT } from '../running-server.js';
import { SeededRandom } from '../seeded-random.js';
import { CommandLine } from './command-line.js';
import { Listening } from './listening.js';

const SEED = Number(process.env['CHAOS_SEED'] ?? 20_261_124);
const KILLS = Number(process.env['CHAOS_KILLS'] ?? 20);
/** A server takes seconds to start, so fewer of the kills are its own. */
const SERVER_SHARE = 0.2;
/** Interval at which the listener is told to connect at once: by itself it waits for longer after each failure. */
const WAKE_MS = 250;
const STATE = 'state.json';
const EXEC = ['--state', STATE, '--exec', 'echo "$HERALD_ID"'];

describe(`herald listen --exec over ${KILLS} kills of either side (seed ${SEED})`, () => {
  const random = new SeededRandom(SEED);
  const handled = new Set<string>();
  const confirmed = new Set<string>();
  const published = new Map<string, Notification>();
  let key = '';
  let server: ServerProcess;
  let admin: string;
  let listening: Listening;
  const cli = new CommandLine(() => ({ HERALD_URL: `http://${server.host}`, HERALD_KEY: key }));

  beforeAll(async () => {
    server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(cli.folder, 'herald.db')}` });
    admin = await signIn(server.host);
    ({ key } = await ask<AppWithKey>('POST', '/api/apps', { name: 'reader', scope: 'read' }));
    await ask('PUT', '/api/auth/me/topics/builds');
    listening = await Listening.start(cli, EXEC);
  });

  afterAll(async () => {
    await server.kill();
    cli.remove();
  });

  async function ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const headers = {
      Authorization: `Bearer ${admin}`,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    };
    const response = await fetch(`http://${server.host}${path}`, { method, headers, body: JSON.stringify(body) });
    expect(response.ok).toBe(true);
    return (await response.json()) as Answer;
  }

  /** Sends some notifications, half of which come through two channels. */
  async function publish(): Promise<void> {
    const drafts = Array.from({ length: random.integer(1, 8) }, () => ({
      ...DRAFT,
      priority: random.one(['high', 'medium', 'low'] as const),
      audience: random.one([['everyone'], ['everyone', 'topic:builds']]),
    }));
    const sent = await ask<Notification[]>('POST', '/api/notifications/send', drafts);
    for (const notification of sent) published.set(notification.id, notification);
  }

  /** Whether the state says that a notification is done. */
  function isConfirmed({ id, audience, priority }: Notification): boolean {
    const { positions } = JSON.parse(readFileSync(join(cli.folder, STATE), 'utf8')) as { positions: Positions };
    return audience.some((channel) => (positions.channels[channel]?.[priority]?.[1] ?? '') >= id);
  }

  /** Ends one life of the listener, which must not repeat itself or what an earlier one has confirmed. */
  async function end(signal: NodeJS.Signals): Promise<void> {
    await listening.end(signal);
    const { lines } = listening;
    expect(lines.filter((id, index) => confirmed.has(id) || lines.indexOf(id) < index)).toEqual([]);
    for (const id of lines) handled.add(id);
    for (const notification of published.values()) if (isConfirmed(notification)) confirmed.add(notification.id);
    expect([...confirmed].filter((id) => !handled.has(id))).toEqual([]);
  }

  /** Resolves once the listener has handled so many more, or all. */
  async function handle(more: number): Promise<void> {
    await listening.count(Math.min(listening.lines.length + more, published.size - confirmed.size));
  }

  let waking: NodeJS.Timeout;
  beforeAll(() => {
    waking = setInterval(() => listening.wake(), WAKE_MS);
  });
  afterAll(() => clearInterval(waking));

  test(
    'misses nothing, and repeats nothing that it has confirmed',
    async () => {
      for (let kill = 0; kill < KILLS; kill++) {
        await publish();
        await handle(random.integer(0, 5));
        if (random.next() >= SERVER_SHARE) {
          await end('SIGKILL');
          listening = await Listening.start(cli, EXEC);
        } else {
          await server.kill();
          await server.start();
        }
      }
      await publish();
      await handle(published.size);
      await end('SIGTERM');
      expect([...confirmed].sort()).toEqual([...published.keys()].sort());
    },
    20_000 + KILLS * 5000,
  );
});
