import type { KeptInbox } from '@herald/client/inbox';
import { jest } from '@jest/globals';
import { InboxDatabase } from './inbox-database';

const KEPT: KeptInbox = {
  username: 'ada',
  at: 1,
  items: [],
  counts: { unread: 0, inbox: 0, archived: 0, snoozed: 0, unconfirmed: 0 },
  muted: [],
  nextCursor: null,
  asOf: '1',
};

interface Request {
  result?: unknown;
  error?: Error;
  onsuccess?: () => void;
  onerror?: () => void;
}

/** One connection to what the browser keeps; like a real one, it is good for nothing once it is closed. */
class FakeConnection {
  onclose: (() => void) | undefined;
  onversionchange: (() => void) | undefined;
  isClosed = false;

  constructor(readonly kept: Map<string, unknown>) {}

  close(): void {
    this.isClosed = true;
  }

  transaction(): object {
    if (this.isClosed) throw new DOMException('The database connection is closing', 'InvalidStateError');
    const answer = (result: unknown): Request => {
      const request: Request = { result };
      void Promise.resolve().then(() => request.onsuccess?.());
      return request;
    };
    return {
      objectStore: () => ({
        get: (key: string) => answer(this.kept.get(key)),
        put: (value: unknown, key: string) => answer(this.kept.set(key, value)),
        clear: () => {
          this.kept.clear();
          return answer(undefined);
        },
      }),
    };
  }
}

describe('InboxDatabase', () => {
  let opening: 'works' | 'fails' | 'hangs';
  let connections: FakeConnection[];
  let database: InboxDatabase;

  beforeEach(async () => {
    jest.useFakeTimers();
    [opening, connections, database] = ['works', [], new InboxDatabase()];
    const kept = new Map<string, unknown>();
    Object.defineProperty(globalThis, 'indexedDB', { configurable: true, value: { open: () => open(kept) } });
    await database.write(KEPT);
  });

  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'indexedDB');
  });

  function open(kept: Map<string, unknown>): Request {
    const connection = new FakeConnection(kept);
    const request: Request = { result: connection, error: new Error('Not opened') };
    if (opening === 'works') connections.push(connection);
    const answer = opening === 'works' ? 'onsuccess' : 'onerror';
    if (opening !== 'hangs') void Promise.resolve().then(() => request[answer]?.());
    return request;
  }

  it('reads, writes and clears over one connection', async () => {
    expect([await database.read('ada'), await database.read('bob'), connections.length]).toEqual([KEPT, null, 1]);
    await database.clear();
    expect(await database.read('ada')).toBeNull();
  });

  it('reopens a connection that the browser has closed', async () => {
    connections[0]!.close();
    connections[0]!.onclose!();
    expect([await database.read('ada'), connections.length]).toEqual([KEPT, 2]);
  });

  it('closes its connection when another tab upgrades the database, and reopens it', async () => {
    connections[0]!.onversionchange!();
    expect(connections[0]!.isClosed).toBe(true);
    expect([await database.read('ada'), connections.length]).toEqual([KEPT, 2]);
  });

  it('retries after opening has failed', async () => {
    connections[0]!.onversionchange!();
    opening = 'fails';
    expect(await database.read('ada')).toBeNull();
    opening = 'works';
    expect(await database.read('ada')).toEqual(KEPT);
  });

  it('gives up reading after 2 s', async () => {
    connections[0]!.onversionchange!();
    opening = 'hangs';
    let read: KeptInbox | null | undefined;
    void database.read('ada').then((kept) => (read = kept));
    await jest.advanceTimersByTimeAsync(1999);
    expect(read).toBeUndefined();
    await jest.advanceTimersByTimeAsync(1);
    expect(read).toBeNull();
  });
});
