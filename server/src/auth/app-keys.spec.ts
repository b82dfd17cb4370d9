import { jest } from '@jest/globals';
import { MANY, newApp } from '#test/repository/app-repository.contract.js';
import type { StoredApp } from '../repository/app-repository.js';
import { InMemoryStore } from '../repository/in-memory/in-memory-store.js';
import { hashOfKey, newAppKey } from './app-key.js';
import { AppKeys } from './app-keys.js';

const NOW = Date.parse('2026-01-31T08:00:00.000Z');
const ADDRESS = '192.0.2.1';
/** Largest cost of a check, in hashes of a key. */
const FACTOR = 20;
/** Calls in each round. Fewer hashes take no longer than a few steps of the clock of the CPU. */
const CALLS = 50_000;

describe('AppKeys', () => {
  let store: InMemoryStore;
  let key: string;
  let app: StoredApp;

  beforeEach(async () => {
    jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'performance'] });
    store = new InMemoryStore(10);
    key = newAppKey();
    const fields = { keyHash: hashOfKey(key), expiresAt: new Date(NOW + 10_000).toISOString() };
    app = (await store.apps.add(newApp(fields), MANY)) as StoredApp;
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  const rotate = (until: number): Promise<string> => {
    const next = newAppKey();
    const previousKey = { hash: hashOfKey(key), until: new Date(until).toISOString() };
    return store.apps.update(app.id, (known) => ({ ...known, keyHash: hashOfKey(next), previousKey })).then(() => next);
  };

  test('looks a key up once, and again after a change of any app', async () => {
    const find = jest.spyOn(store.apps, 'findByKey');
    const keys = new AppKeys(store);
    for (let n = 0; n < 3; n++) expect(await keys.check(`tk_${key}`, ADDRESS)).toEqual(app);
    expect(find).toHaveBeenCalledTimes(1);
    await store.apps.noteUses([{ id: app.id, at: '', from: '' }]);
    await keys.check(key, ADDRESS);
    expect(find).toHaveBeenCalledTimes(1);
    await store.apps.update(app.id, (known) => ({ ...known, category: 'build' }));
    expect(await keys.check(key, ADDRESS)).toMatchObject({ category: 'build' });
    expect(find).toHaveBeenCalledTimes(2);
  });

  test('refuses a remembered key as soon as its app is removed, or has expired', async () => {
    const keys = new AppKeys(store);
    await keys.check(key, ADDRESS);
    jest.setSystemTime(NOW + 10_000);
    await expect(keys.check(key, ADDRESS)).rejects.toMatchObject({ code: 'invalid_token' });
    jest.setSystemTime(NOW);
    await keys.check(key, ADDRESS);
    await store.removeApp(app.id);
    await expect(keys.check(key, ADDRESS)).rejects.toMatchObject({ code: 'invalid_token' });
  });

  test('accepts the previous key until its end, and the present one beside it', async () => {
    const keys = new AppKeys(store);
    const next = await rotate(NOW + 5000);
    for (const valid of [key, next]) expect((await keys.check(valid, ADDRESS)).id).toBe(app.id);
    jest.setSystemTime(NOW + 5000);
    expect(await keys.find(key, ADDRESS)).toBeUndefined();
    expect((await keys.check(next, ADDRESS)).id).toBe(app.id);
  });

  test('does not remember an app that was changed while it was looked up', async () => {
    const keys = new AppKeys(store);
    const found = Promise.withResolvers<StoredApp>();
    const find = jest.spyOn(store.apps, 'findByKey').mockReturnValueOnce(found.promise);
    const checked = keys.find(key, ADDRESS);
    await store.removeApp(app.id);
    found.resolve(app);
    await checked;
    find.mockRestore();
    expect(await keys.find(key, ADDRESS)).toBeUndefined();
  });

  test('notices a change by another process within half a second, with one query for all keys', async () => {
    const clock = jest.spyOn(performance, 'now').mockReturnValue(1000);
    const shared = Object.defineProperty(store, 'isShared', { value: true });
    const keys = new AppKeys(shared);
    const ask = jest.spyOn(store.apps, 'version').mockResolvedValue(7);
    const find = jest.spyOn(store.apps, 'findByKey');
    await Promise.all([keys.check(key, ADDRESS), keys.check(key, ADDRESS)]);
    await keys.check(key, ADDRESS);
    expect(ask).toHaveBeenCalledTimes(1);
    clock.mockReturnValue(1500);
    await keys.check(key, ADDRESS);
    expect([ask.mock.calls.length, find.mock.calls.length]).toEqual([2, 2]);
    ask.mockResolvedValue(8);
    find.mockResolvedValue(undefined);
    clock.mockReturnValue(1999);
    expect(await keys.find(key, ADDRESS)).toBeDefined();
    clock.mockReturnValue(2000);
    expect(await keys.find(key, ADDRESS)).toBeUndefined();
  });

  describe('after 100 unknown keys from a network', () => {
    let keys: AppKeys;
    let find: jest.SpiedFunction<typeof store.apps.findByKey>;
    const busy = { code: 'too_many_failed_sign_ins' };

    beforeEach(async () => {
      keys = new AppKeys(store);
      await keys.check(key, ADDRESS);
      for (let n = 0; n < 100; n++) expect(await keys.find(newAppKey(), ADDRESS)).toBeUndefined();
      find = jest.spyOn(store.apps, 'findByKey');
    });

    test('looks up no further key from there, but still those from other networks', async () => {
      await expect(keys.check(newAppKey(), ADDRESS)).rejects.toMatchObject(busy);
      expect(find).not.toHaveBeenCalled();
      await expect(keys.check(newAppKey(), '192.0.2.2')).rejects.toMatchObject({ code: 'invalid_token' });
    });

    test('accepts a key that was valid before, even after a change', async () => {
      await store.apps.update(app.id, (known) => ({ ...known, category: 'build' }));
      expect(await keys.check(key, ADDRESS)).toMatchObject({ category: 'build' });
    });

    test('looks up others again after 15 minutes', async () => {
      const after = performance.now() + 15 * 60 * 1000;
      jest.spyOn(performance, 'now').mockReturnValue(after);
      await expect(keys.check(newAppKey(), ADDRESS)).rejects.toMatchObject({ code: 'invalid_token' });
    });
  });

  test('looks up the same unknown key once, and again after a change of any app', async () => {
    const find = jest.spyOn(store.apps, 'findByKey');
    const keys = new AppKeys(store);
    const unknown = newAppKey();
    for (let n = 0; n < 200; n++) expect(await keys.find(unknown, ADDRESS)).toBeUndefined();
    expect(find).toHaveBeenCalledTimes(1);
    await store.apps.update(app.id, (known) => ({ ...known, keyHash: hashOfKey(unknown) }));
    expect(await keys.find(unknown, ADDRESS)).toBeDefined();
  });

  test.each([1, 1000])(`costs at most ${FACTOR} times the hash of a key, with %i keys in use`, async (count) => {
    const more = Array.from({ length: count }, newAppKey);
    for (const [n, one] of more.entries())
      await store.apps.add({ ...app, name: `app-${n}`, keyHash: hashOfKey(one) }, MANY);
    const keys = new AppKeys(Object.defineProperty(store, 'isShared', { value: true }));
    const costs: number[] = [];
    const hashes: number[] = [];
    for (let round = 0; round < 5; round++) {
      costs.push(
        await cpuMicrosOf(async () => {
          for (let n = 0; n < CALLS; n++) await keys.check(more[n % count]!, ADDRESS);
        }),
      );
      hashes.push(
        await cpuMicrosOf(() => {
          for (let n = 0; n < CALLS; n++) hashOfKey(more[n % count]!);
        }),
      );
    }
    expect(Math.min(...costs)).toBeLessThan(FACTOR * Math.min(...hashes));
  });

  test.each(['', 'A', 'x'.repeat(15), `${'A'.repeat(15)}=`, 'tk_tk_A12345678901234', 'A1234567890123é'])(
    'looks up nothing for %j, which is no key',
    async (credential) => {
      const find = jest.spyOn(store.apps, 'findByKey');
      await expect(new AppKeys(store).check(credential, ADDRESS)).rejects.toMatchObject({ code: 'invalid_token' });
      expect(find).not.toHaveBeenCalled();
    },
  );
});

test('keys have the form of tokens of Gotify, and differ', () => {
  const keys = Array.from({ length: 1000 }, newAppKey);
  expect(keys.filter((key) => !/^A(?=.*\d)[A-Za-z0-9._-]{14}$/.test(key))).toEqual([]);
  expect(new Set(keys).size).toBe(1000);
});

/** The CPU time of this thread during `work`, in microseconds. */
async function cpuMicrosOf(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}
