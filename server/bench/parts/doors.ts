import type { AppWithKey } from '@herald/protocol';
import { AppKeys } from '../../src/auth/app-keys.js';
import { hashOfKey, newAppKey } from '../../src/auth/app-key.js';
import { draftBody } from '../load/draft.js';
import { HttpLine } from '../load/http-line.js';
import { costOf } from '../process/cost.js';
import { figure } from '../report/numbers.js';
import type { PartReport } from '../report/part-report.js';
import { withHerald } from '../systems/all.js';
import { withOpenStore } from '../systems/stores.js';
import type { HeraldSystem } from '../systems/system.js';

const SENDERS = 64;
const KEYS = 1000;
const WARM_UP_MS = 3000;
/** The ways take turns, so that a change of the machine's speed meets all of them. */
const ROUNDS = 6;
const ROUND_MS = 1500;
const CHECKS = 200_000;

const MAX_DOOR_COST = 1.3;
const MAX_KEYS_COST = 1.1;
const MAX_CHECK_MICROS = 10;

const TOKEN = 'native, token of a user';
const NATIVE = 'native, key of an app';
const MANY_KEYS = `native, ${KEYS.toLocaleString('en')} keys in turn`;
const GOTIFY = 'Gotify';
const NTFY = 'ntfy';

/** Single sends by the ways that programs have, and the check of a key. */
export async function doors(): Promise<PartReport> {
  const micros = await withHerald(microsByWay);
  const check = await checkMicros();
  const native = micros.get(NATIVE) ?? NaN;
  const compared = (way: string): number => (micros.get(way) ?? NaN) / native;
  return {
    title: 'Doors: single sends by the APIs of other systems',
    method:
      `The same title, message and priority on ${SENDERS} kept-alive connections, each sending once it was answered; the store is in memory. ` +
      `The ways take turns, ${ROUNDS} times ${ROUND_MS / 1000} s each. A key is checked ${CHECKS.toLocaleString('en')} times in this process.`,
    columns: ['way', 'CPU-µs per send', '× native with a key'],
    rows: [
      ...[...micros].map(([way, cost]) => [way, figure(cost), figure(compared(way))]),
      ['check of a known key', figure(check), ''],
    ],
    targets: [
      ...[GOTIFY, NTFY].map((way) => target(`${way}: CPU of a send`, compared(way), MAX_DOOR_COST)),
      target(`${KEYS.toLocaleString('en')} keys: CPU of a send`, compared(MANY_KEYS), MAX_KEYS_COST),
      {
        what: `≤ ${MAX_CHECK_MICROS} CPU-µs for a check of a known key`,
        measured: `${figure(check)} µs`,
        isMet: check <= MAX_CHECK_MICROS,
      },
    ],
    charts: [],
  };
}

function target(what: string, measured: number, max: number): PartReport['targets'][number] {
  return { what: `${what} ≤ ${max} × native`, measured: `${figure(measured)} ×`, isMet: measured <= max };
}

async function microsByWay(system: HeraldSystem): Promise<Map<string, number>> {
  const ways = await requestsByWay(system);
  const lines = await Promise.all(Array.from({ length: SENDERS }, () => HttpLine.open(system.port)));
  const totals = new Map<string, { count: number; micros: number }>();
  for (const requests of ways.values()) await sendFor(lines, requests, WARM_UP_MS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [way, requests] of ways) {
      const total = totals.get(way) ?? { count: 0, micros: 0 };
      const cost = await costOf(system.pid, async () => {
        total.count += await sendFor(lines, requests, ROUND_MS);
      });
      total.micros += cost.serverCpuMicros;
      totals.set(way, total);
    }
  }
  for (const line of lines) line.close();
  return new Map([...totals].map(([way, { count, micros }]) => [way, micros / count]));
}

/** Sends these requests in turn for `ms`. @returns the number of answers */
async function sendFor(lines: readonly HttpLine[], requests: readonly Buffer[], ms: number): Promise<number> {
  const until = performance.now() + ms;
  let sent = 0;
  const work = async (line: HttpLine): Promise<void> => {
    while (performance.now() < until) await line.post(requests[sent++ % requests.length] ?? Buffer.alloc(0));
  };
  await Promise.all(lines.map(work));
  return sent;
}

/** Requests with the same title, message and priority, by way. */
async function requestsByWay(system: HeraldSystem): Promise<Map<string, Buffer[]>> {
  const { key } = await createApp(system, 'program');
  const keys = [key];
  while (keys.length < KEYS) keys.push((await createApp(system, `program-${keys.length}`)).key);
  const { title, message } = JSON.parse(draftBody('low').toString()) as { title: string; message: string };
  const { publishPath, publishHeaders } = system;
  const post = (path: string, headers: readonly string[], body: string | Buffer): Buffer =>
    requestOf(system.port, path, headers, Buffer.from(body));
  const native = (authorization: string): Buffer => post(publishPath, [JSON_BODY, authorization], draftBody('low'));
  return new Map([
    [TOKEN, [post(publishPath, [JSON_BODY, ...publishHeaders], draftBody('low'))]],
    [NATIVE, [native(`Authorization: Bearer ${key}`)]],
    [MANY_KEYS, keys.map((one) => native(`Authorization: Bearer ${one}`))],
    [GOTIFY, [post('/message', [JSON_BODY, `X-Gotify-Key: ${key}`], JSON.stringify({ title, message, priority: 2 }))]],
    [NTFY, [post('/builds', [`Authorization: Bearer ${key}`, `Title: ${title}`, 'Priority: 2'], message)]],
  ]);
}

const JSON_BODY = 'Content-Type: application/json';

function requestOf(port: number, path: string, headers: readonly string[], body: Buffer): Buffer {
  const head = [`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, `Content-Length: ${body.length}`, ...headers];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]);
}

async function createApp({ port, token }: HeraldSystem, name: string): Promise<AppWithKey> {
  const response = await fetch(`http://127.0.0.1:${port}/api/apps`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name, audience: ['topic:builds'] }),
  });
  if (!response.ok) throw new Error(`An app was refused: ${await response.text()}`);
  return (await response.json()) as AppWithKey;
}

/** CPU time of one check of a key that is known, in microseconds. */
async function checkMicros(): Promise<number> {
  return withOpenStore('memory:', async (store) => {
    const key = newAppKey();
    const createdAt = new Date().toISOString();
    const app = { name: 'program', owner: 'admin', scope: 'send' as const, audience: ['everyone'], createdAt };
    await store.apps.add({ ...app, keyHash: hashOfKey(key) }, { count: 1, countOfAll: 1, names: 1 });
    const keys = new AppKeys(store);
    const checks = async (): Promise<void> => {
      for (let n = 0; n < CHECKS; n++) await keys.check(key, '127.0.0.1');
    };
    await checks();
    const before = process.threadCpuUsage();
    await checks();
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / CHECKS;
  });
}
