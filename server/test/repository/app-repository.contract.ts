import type { AppRepository, NewApp, StoredApp } from '../../src/repository/app-repository.js';
import { newId } from '../../src/repository/new-id.js';
import type { Store } from '../../src/repository/store.js';
import { notificationOf } from './notification-repository.contract.js';
import { type CreateData, type StoredData, UNLIMITED } from './stored-data.js';

const AT = '2026-01-31T08:00:00.000Z';
const LATER = '2030-02-01T08:00:00.000Z';
const LIMITS = { count: 3, countOfAll: 5, names: 10 };
/** Limits that no test reaches. */
export const MANY = { count: Infinity, countOfAll: Infinity, names: Infinity };

/** An app that nobody has added yet. */
export function newApp(fields: Partial<NewApp> = {}): NewApp {
  const { name = 'builds' } = fields;
  return {
    name,
    owner: 'ada',
    scope: 'send',
    audience: ['topic:builds'],
    keyHash: `hash of ${name}`,
    createdAt: AT,
    ...fields,
  };
}

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describeAppRepository(name: string, create: CreateData): void {
  describe(`${name} as an AppRepository`, () => {
    let data: StoredData;
    let store: Store;
    let apps: AppRepository;

    beforeEach(async () => {
      data = await create(1000);
      store = await data.open();
      ({ apps } = store);
      await addUser('ada');
      await addUser('bob');
    });

    const addUser = (username: string): Promise<boolean> =>
      store.users.add({ username, passwordHash: '', roles: [], topics: [] });

    async function add(fields: Partial<NewApp> = {}): Promise<StoredApp> {
      const added = await apps.add(newApp(fields), LIMITS);
      if (typeof added === 'string') throw new Error(added);
      return added;
    }

    test('keeps every field, also when it is opened again', async () => {
      const full = newApp({
        category: 'build',
        defaultPriority: 'high',
        tags: ['rocket'],
        markdown: true,
        expiresAt: LATER,
        previousKey: { hash: 'an earlier hash', until: LATER },
        secret: 'a long secret',
      });
      const { id } = await add(full);
      await apps.noteUses([{ id, at: LATER, from: '192.0.2.7' }]);
      await store.close();
      const reopened = await data.open();
      expect(await reopened.apps.find(id)).toEqual({ ...full, id, lastUsedAt: LATER, lastUsedFrom: '192.0.2.7' });
    });

    test('finds an app by its id, its name, and the hash of its key', async () => {
      const app = await add();
      await add({ name: 'deploys' });
      expect(await apps.find(app.id)).toEqual(app);
      expect(await apps.findNamed('builds')).toEqual(app);
      expect(await apps.findByKey('hash of builds')).toEqual(app);
      expect([await apps.find(9), await apps.findNamed('Builds'), await apps.findByKey('hash of nothing')]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    });

    test('finds an app by its present and its previous key, and by no earlier one', async () => {
      const { id } = await add();
      const rotate = (keyHash: string): Promise<StoredApp | undefined> =>
        apps.update(id, (app) => ({ ...app, keyHash, previousKey: { hash: app.keyHash, until: LATER } }));
      await rotate('second');
      await rotate('third');
      expect((await apps.findByKey('third'))?.id).toBe(id);
      expect((await apps.findByKey('second'))?.id).toBe(id);
      expect(await apps.findByKey('hash of builds')).toBeUndefined();
      await apps.update(id, (app) => ({ ...app, previousKey: undefined }));
      expect(await apps.findByKey('second')).toBeUndefined();
    });

    test('gives ascending ids, and none again after a removal', async () => {
      const first = await add();
      const second = await add({ name: 'deploys' });
      await store.removeApp(second.id);
      const third = await add({ name: 'backups' });
      expect([second.id, third.id]).toEqual([first.id + 1, first.id + 2]);
    });

    test('lists the apps of an owner or of all by id, a page at a time', async () => {
      for (const [app, owner] of [
        ['one', 'ada'],
        ['two', 'bob'],
        ['three', 'ada'],
      ] as const)
        await add({ name: app, owner });
      const names = async (query: { owner?: string; limit: number; after?: number }): Promise<string[]> =>
        (await apps.list(query)).map((app) => app.name);
      expect(await names({ limit: 10 })).toEqual(['one', 'two', 'three']);
      expect(await names({ owner: 'ada', limit: 10 })).toEqual(['one', 'three']);
      expect(await names({ owner: 'eve', limit: 10 })).toEqual([]);
      expect(await names({ limit: 2 })).toEqual(['one', 'two']);
      expect(await names({ limit: 2, after: (await apps.findNamed('two'))?.id })).toEqual(['three']);
    });

    test('gives a name once, to an app or to an account, even for two additions at once', async () => {
      expect(await apps.add(newApp({ name: 'ada' }), LIMITS)).toBe('name');
      const added = await Promise.all(['first', 'second'].map((keyHash) => apps.add(newApp({ keyHash }), LIMITS)));
      expect(added.filter((one) => one === 'name')).toHaveLength(1);
      expect(await addUser('builds')).toBe(false);
    });

    test('gives a name once, to an app of one handle or to an account of another', async () => {
      const other = await data.open();
      for (let n = 0; n < 10; n++) {
        const both = { username: `name-${n}`, passwordHash: '', roles: [], topics: [] };
        const [app, isAdded] = await Promise.all([
          apps.add(newApp({ name: both.username }), MANY),
          other.users.add(both),
        ]);
        expect([both.username, app === 'name']).toEqual([both.username, isAdded]);
      }
    });

    test('never gives away the name of a removed app or account', async () => {
      const { id } = await add();
      expect(await store.removeApp(id)).toBe(true);
      await store.removeAccount('bob');
      expect(await apps.add(newApp(), LIMITS)).toBe('name');
      expect(await apps.add(newApp({ name: 'bob' }), LIMITS)).toBe('name');
      expect(await addUser('builds')).toBe(false);
    });

    test('knows the owner of an app, and the names of those of an owner, also after their removal', async () => {
      const { id } = await add({ name: 'one' });
      for (const app of ['two', 'three']) await add({ name: app });
      await add({ name: 'four', owner: 'bob' });
      await store.removeApp(id);
      await store.removeAccount('bob');
      expect(await Promise.all(['one', 'two', 'four', 'ada', 'bob', 'five'].map((app) => apps.ownerOf(app)))).toEqual([
        ...['ada', 'ada', 'bob'],
        ...[undefined, undefined, undefined],
      ]);
      const [first, second, ...removed] = await apps.namesOf('ada', 10);
      expect([[first, second].sort(), removed]).toEqual([['three', 'two'], ['one']]);
      expect((await apps.namesOf('ada', 2)).sort()).toEqual(['three', 'two']);
      expect([await apps.namesOf('bob', 10), await apps.namesOf('cleo', 10)]).toEqual([['four'], []]);
    });

    test('adds no more apps than the limits allow, and none for a removed owner', async () => {
      for (const app of ['one', 'two', 'three']) await add({ name: app });
      expect(await apps.add(newApp(), LIMITS)).toBe('count');
      for (const app of ['four', 'five']) await add({ name: app, owner: 'bob' });
      expect(await apps.add(newApp({ owner: 'bob' }), LIMITS)).toBe('countOfAll');
      await store.removeAccount('bob');
      expect(await apps.add(newApp({ owner: 'bob' }), LIMITS)).toBe('owner');
    });

    test('counts the names that an owner has given, also those of removed apps', async () => {
      const addOne = (app: string, owner = 'ada'): Promise<unknown> =>
        apps.add(newApp({ name: app, owner }), { ...LIMITS, names: 2 });
      const { id } = await add({ name: 'one' });
      await store.removeApp(id);
      await addOne('two');
      expect(await addOne('three')).toBe('names');
      expect(await addOne('three', 'bob')).toMatchObject({ name: 'three' });
    });

    test('keeps both of two concurrent changes', async () => {
      const { id } = await add();
      const addTag = (tag: string) => (app: StoredApp) => ({ ...app, tags: [...(app.tags ?? []), tag] });
      await Promise.all([apps.update(id, addTag('one')), apps.update(id, addTag('two'))]);
      expect((await apps.find(id))?.tags).toEqual(['one', 'two']);
    });

    test('stores nothing if a change throws, and changes no unknown app', async () => {
      const app = await add();
      const refuse = (): never => {
        throw new Error('refused');
      };
      await expect(apps.update(app.id, refuse)).rejects.toThrow('refused');
      expect(await apps.find(app.id)).toEqual(app);
      expect(await apps.update(9, (known) => known)).toBeUndefined();
    });

    test('keeps the last use of many apps, through later changes', async () => {
      const [one, two] = [await add(), await add({ name: 'deploys' })];
      const use = (id: number, from: string) => ({ id, at: LATER, from });
      await apps.noteUses([use(one.id, '192.0.2.1'), use(two.id, '192.0.2.2'), use(99, '192.0.2.3')]);
      await apps.update(one.id, (app) => ({ ...app, category: 'build' }));
      expect(
        (await apps.list({ limit: 10 })).map(({ lastUsedAt, lastUsedFrom }) => [lastUsedAt, lastUsedFrom]),
      ).toEqual([
        [LATER, '192.0.2.1'],
        [LATER, '192.0.2.2'],
      ]);
    });

    test('removes an app once, even for two removals at once', async () => {
      const { id } = await add();
      const removed = await Promise.all([store.removeApp(id), store.removeApp(id)]);
      expect(removed.toSorted()).toEqual([false, true]);
      expect([await apps.find(id), await apps.findByKey('hash of builds')]).toEqual([undefined, undefined]);
    });

    test('removes the scheduled notifications of a removed app', async () => {
      const { id } = await add();
      const scheduled = { ...notificationOf(), id: newId(), sender: 'builds', deliverAt: LATER };
      await store.scheduled.add(scheduled, UNLIMITED);
      await store.removeApp(id);
      expect(await store.scheduled.list({ limit: 10 })).toEqual([]);
    });

    test('removes the apps of a removed account, and keeps those of others', async () => {
      await add();
      const kept = await add({ name: 'deploys', owner: 'bob' });
      await store.removeAccount('ada');
      expect(await apps.list({ limit: 10 })).toEqual([kept]);
      expect(await apps.findByKey('hash of builds')).toBeUndefined();
    });

    test('removes hundreds of apps with their account, and all that they planned', async () => {
      const names = Array.from({ length: 300 }, (_, n) => `app-${n}`);
      await Promise.all(names.map((app) => apps.add(newApp({ name: app }), MANY)));
      const kept = await apps.add(newApp({ name: 'deploys', owner: 'bob' }), MANY);
      for (const sender of ['app-0', 'app-299', 'deploys', 'bob']) {
        const scheduled = { ...notificationOf(), id: newId(), sender, deliverAt: LATER };
        const request = { sender, key: 'k', digest: 'd', bytes: 1000, until: LATER };
        await store.scheduled.add(scheduled, UNLIMITED, request);
      }
      const told: string[] = [];
      const stop = apps.onChanged((app) => told.push(app));
      expect(await store.removeAccount('ada')).toBe(true);
      stop();
      expect(told.toSorted()).toEqual(names.toSorted());
      expect(await apps.list({ limit: 10 })).toEqual([kept]);
      expect((await store.scheduled.list({ limit: 10 })).map(({ sender }) => sender)).toEqual(['deploys', 'bob']);
      expect(await store.requests.find('app-299', 'k')).toBeUndefined();
      const limits = { bytes: 3000, bytesOfAll: 3000, reserved: 0 };
      expect(await store.requests.msUntilRoom('cyd', 1000, limits)).toBe(0);
      expect(await store.requests.msUntilRoom('cyd', 1001, limits)).toBeGreaterThan(0);
      for (const app of ['app-0', 'app-299']) expect(await addUser(app)).toBe(false);
    });

    test('tells a listener of each change once it is stored, and not of a use', async () => {
      const told: string[] = [];
      const stop = apps.onChanged((app) => told.push(app));
      const { id } = await add();
      await apps.add(newApp(), LIMITS);
      await apps.update(id, (app) => ({ ...app, category: 'build' }));
      await apps.noteUses([{ id, at: LATER, from: '' }]);
      await store.removeApp(id);
      await add({ name: 'deploys' });
      await store.removeAccount('ada');
      stop();
      await add({ name: 'backups', owner: 'bob' });
      expect(told).toEqual(['builds', 'builds', 'builds', 'deploys', 'deploys']);
    });

    test('reports changes and the removal of an app that reads as changes of its owner, to every handle', async () => {
      const other = await data.open();
      const { id } = await add({ scope: 'read', audience: [] });
      const ownerChanged = (): Promise<void> =>
        new Promise((resolve) => other.users.onChanged((username) => username === 'ada' && resolve()));
      const [changed, change] = [ownerChanged(), (app: StoredApp) => ({ ...app, expiresAt: LATER })];
      await apps.update(id, change);
      await changed;
      const removed = ownerChanged();
      await store.removeApp(id);
      await removed;
    });

    test('shows changes of any handle in the version, and no use', async () => {
      const other = await data.open();
      const versions = [await other.apps.version()];
      const note = async (): Promise<unknown> => versions.push(await other.apps.version());
      const { id } = await add();
      await note();
      await apps.update(id, (app) => ({ ...app, category: 'build' }));
      await note();
      await store.removeApp(id);
      await note();
      expect(versions).toEqual([...new Set(versions)].toSorted((one, another) => one - another));
      await apps.noteUses([{ id, at: LATER, from: '' }]);
      expect(await other.apps.version()).toBe(versions.at(-1));
    });
  });
}
