import type { Priority } from '@herald/protocol';
import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithPostgres, PostgresServer } from '../repository/postgres-server.js';
import { ModelClient } from './model-client.js';
import { DurableLogs, LogsInMemory, type ModelLogs } from './model-logs.js';
import type { Announcement } from './shared-log.js';
import { crowdStep, fewClientsStep, type Step } from './steps.js';
import { World } from './world.js';

/**
 * Steps in all. Long run: `MODEL_STEPS=1000000 npm run test:unit -- server/test/model`, with another seed by
 * `MODEL_SEED=<n>`.
 */
const STEPS = Number(process.env['MODEL_STEPS'] ?? 30_000);
const SEED = Number(process.env['MODEL_SEED'] ?? 20_261_124);
/** A step of a crowd is a step of hundreds of clients. */
const CROWD_STEPS = STEPS / 6;
/** Steps over a database, each of which takes milliseconds. */
const DURABLE_STEPS = Math.ceil(STEPS / 30);
/** Enough clients for `everyone` to be a large channel, with and without those that have just left it. */
const CROWD = 260;

/** Plays this many steps in worlds of their own. */
async function play(
  steps: number,
  stepsAWorld: number,
  step: fc.Arbitrary<Step>,
  clients: () => ModelClient[],
  announcement: Announcement = 'entries',
  logs: () => ModelLogs = () => new LogsInMemory(),
): Promise<void> {
  let played = 0;
  const script = fc.array(step, { minLength: stepsAWorld, maxLength: stepsAWorld, size: 'max' });
  const property = fc.asyncProperty(script, async (script) => {
    const world = await World.begin(clients(), logs(), announcement);
    try {
      await world.connectAll();
      for (const one of script) await world.play(one);
      await world.end();
    } finally {
      await world.close();
    }
    played += script.length;
  });
  await fc.assert(property, { numRuns: Math.ceil(steps / stepsAWorld), seed: SEED, endOnFailure: false });
  expect(played).toBeGreaterThanOrEqual(steps);
}

const FEW = [['ada', 'user:ada'], ['ada again', 'user:ada'], ['bob', 'user:bob'], ['cyd']];
const fewClients = () => FEW.map(([name, ...own]) => new ModelClient(name!, ['everyone', ...own]));

describe('delivery', () => {
  const folder = mkdtempSync(join(tmpdir(), 'herald-model-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it(`loses nothing in silence, and repeats nothing, over ${STEPS} random steps (seed ${SEED})`, async () => {
    await play(STEPS, 250, fewClientsStep(FEW.length), fewClients);
  }, 600_000);

  it(`loses nothing in silence, and repeats nothing, over SQLite, whose log survives a restart, over ${DURABLE_STEPS} random steps (seed ${SEED})`, async () => {
    let files = 0;
    const logs = () => new DurableLogs(() => `sqlite:${join(folder, `${++files}.db`)}`);
    await play(DURABLE_STEPS, 250, fewClientsStep(FEW.length), fewClients, 'entries', logs);
  }, 600_000);

  it(`loses and repeats nothing when other processes store entries and a third of their hints get lost, over ${STEPS} random steps (seed ${SEED})`, async () => {
    const few = [['ada', 'user:ada'], ['bob', 'user:bob'], ['cyd']];
    const clients = () => few.map(([name, ...own]) => new ModelClient(name!, ['everyone', ...own]));
    await play(STEPS, 250, fewClientsStep(few.length), clients, 'hints');
  }, 600_000);

  it(`loses nothing in silence, and repeats nothing, in a crowd of ${CROWD}, over ${CROWD_STEPS} random steps (seed ${SEED})`, async () => {
    const own = (n: number) => ['user:ada', 'user:bob'][n % 25] ?? 'role:ops';
    const crowd = () => Array.from({ length: CROWD }, (_, n) => new ModelClient(`user ${n}`, ['everyone', own(n)]));
    await play(CROWD_STEPS, 100, crowdStep(CROWD), crowd);
  }, 600_000);

  it('sends low along with high in the end, however many clients wait for high', async () => {
    const crowd = Array.from({ length: CROWD }, (_, n) => new ModelClient(`user ${n}`, ['everyone']));
    const world = await World.begin(crowd, new LogsInMemory(), 'entries');
    await world.connectAll();
    const publish = (lane: Priority): Promise<void> =>
      world.play({ do: 'publish', lane, channels: [0], size: 1, count: 1 });
    await publish('low');
    for (let n = 0; n < 150; n++) {
      await publish('high');
      await world.play({ do: 'turn' });
    }
    for (const client of crowd) client.readAll();
    expect(crowd.filter(({ ledger }) => ledger.offsetIn('everyone', 'low') > 0).length).toBeGreaterThan(0);
    await world.end();
  });
});

describeWithPostgres('delivery over PostgreSQL', () => {
  it(`loses and repeats nothing when a third of the hints of other processes get lost, over ${DURABLE_STEPS} random steps (seed ${SEED})`, async () => {
    const postgres = await PostgresServer.start();
    const logs = () => new DurableLogs(() => postgres.createDatabase());
    await play(DURABLE_STEPS, 250, fewClientsStep(FEW.length), fewClients, 'hints', logs);
  }, 600_000);
});
