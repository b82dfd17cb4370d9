import type { Notification, Positions } from '@herald/protocol';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FrameSocket } from '../frame-socket.js';
import { describeWithPostgres, PostgresServer } from '../repository/postgres-server.js';
import { RunningServer } from '../running-server.js';
import { type Ended, endOf, spawnMigrate } from './spawn-main.js';

const folder = mkdtempSync(join(tmpdir(), 'herald-migrate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string): string => `sqlite:${join(folder, name)}`;
const migrate = (...args: string[]): Promise<Ended> => endOf(spawnMigrate(...args));

describe('the command migrate ends with 1 and one line that says why', () => {
  test.each([
    ['with one argument', [file('a.db')], 'Usage: npm run migrate -- FROM TO'],
    [
      'from a store in memory',
      ['memory:', file('b.db')],
      'FROM: a store in memory can’t be copied; it ends with its server',
    ],
    [
      'from a database that does not answer',
      ['postgres://ada:secret@127.0.0.1:1/herald', file('b.db')],
      'FROM: 127.0.0.1:1/herald can’t be reached: ECONNREFUSED',
    ],
  ])('%s', async (_, args, line) => {
    expect(await migrate(...args)).toEqual({ code: 1, output: '', errors: `${line}\n` });
  });
});

describeWithPostgres('a server whose store was migrated from SQLite to PostgreSQL', () => {
  test('accepts the tokens, and clients resume without a gap', async () => {
    const SECRET_KEY = 'the same secret before and after';
    const before = await RunningServer.start({ DATABASE_URL: file('herald.db'), SECRET_KEY });
    const token = await before.signIn();
    const client = await FrameSocket.open(before, token);
    client.send({ event: 'hello' });
    const { epoch } = (await client.next('welcome')).data;
    await client.next('live');
    await before.send(token, { title: 'Seen' });
    const { channel, offset, id } = (await client.next('notification')).data;
    const positions: Positions = { epoch, channels: { [channel]: { high: [offset, id] } } };
    client.socket.terminate();
    await before.send(token, { title: 'Missed' });
    await before.close();

    const url = await (await PostgresServer.start()).createDatabase();
    const { code, output, errors } = await migrate(file('herald.db'), url);
    expect([code, errors]).toEqual([0, '']);
    expect(output).toMatch(/^Copied log: 1 rows\nCopied users: 1 rows\n/);
    expect(output).toMatch(/^entries +2 +2$/m);
    expect(output).toMatch(
      /\nCopied \S+herald.db to localhost\/test1; every table has the same number of rows in both\n$/,
    );

    const after = await RunningServer.start({ DATABASE_URL: url, SECRET_KEY });
    const resumed = await FrameSocket.open(after, token);
    resumed.send({ event: 'hello', data: { positions } });
    expect((await resumed.next('welcome')).data).toMatchObject({ epoch, resumed: true });
    expect((await resumed.next('notification')).data).toMatchObject({ title: 'Missed', offset: offset + 1 });
    await resumed.next('live');
    await after.send(token, { title: 'New' });
    expect((await resumed.next('notification')).data).toMatchObject({ title: 'New', offset: offset + 2 });
    resumed.socket.terminate();
    const found = await after.get('/api/notifications?q=iss', token);
    expect((found.body as { items: Notification[] }).items.map(({ title }) => title)).toEqual(['Missed']);
    await after.close();
  });
});
