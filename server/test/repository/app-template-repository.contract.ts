import type { AppTemplate } from '@herald/protocol';
import type { StoredApp } from '../../src/repository/app-repository.js';
import type { AppTemplateRepository } from '../../src/repository/app-template-repository.js';
import type { Store } from '../../src/repository/store.js';
import { MANY, newApp } from './app-repository.contract.js';
import type { CreateData, StoredData } from './stored-data.js';

/** Limits that no test reaches. */
export const ANY_NUMBER = { count: Infinity, countOfAll: Infinity };
const LIMITS = { count: 2, countOfAll: 3 };

/** A template that nobody has stored yet. */
export function newTemplate(fields: Partial<AppTemplate> = {}): AppTemplate {
  return {
    ...{ name: 'ci', title: '{{job}}', message: '{{text}}' },
    example: { job: 'nightly', text: 'größe 😀 \0', steps: [1, null, { a: 'b' }] },
    changedAt: '2026-01-31T08:00:00.000Z',
    ...fields,
  };
}

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describeAppTemplateRepository(name: string, create: CreateData): void {
  describe(`${name} as an AppTemplateRepository`, () => {
    let data: StoredData;
    let store: Store;
    let templates: AppTemplateRepository;
    let app: number;

    beforeEach(async () => {
      data = await create(1000);
      store = await data.open();
      ({ templates } = store);
      await store.users.add({ username: 'ada', passwordHash: '', roles: [], topics: [] });
      app = await addApp('builds');
    });

    async function addApp(name: string): Promise<number> {
      return ((await store.apps.add(newApp({ name }), MANY)) as StoredApp).id;
    }

    async function namesOf(id: number): Promise<string[]> {
      return (await templates.list(id)).map(({ name }) => name);
    }

    test('keeps every field, also when it is opened again', async () => {
      const full = newTemplate({ priority: '{{p}}', tags: 'a,{{t}}', url: '{{u}}', key: '{{k}}' });
      expect(await templates.put(app, full, LIMITS)).toBeUndefined();
      expect(await templates.find(app, 'ci')).toEqual(full);
      await store.close();
      const again = await data.open();
      expect(await again.templates.list(app)).toEqual([full]);
    });

    test('finds only the templates of the app, by name', async () => {
      const other = await addApp('deploys');
      for (const name of ['b', 'a-1', 'a_1', 'a']) await templates.put(app, newTemplate({ name }), ANY_NUMBER);
      await templates.put(other, newTemplate({ name: 'c' }), ANY_NUMBER);
      expect(await namesOf(app)).toEqual(['a', 'a-1', 'a_1', 'b']);
      expect(await templates.find(app, 'c')).toBeUndefined();
      expect(await templates.find(other + 1, 'c')).toBeUndefined();
    });

    test('replaces a template of the same name, whatever the limits', async () => {
      await templates.put(app, newTemplate(), LIMITS);
      const changed = newTemplate({ title: 'changed' });
      expect(await templates.put(app, changed, { count: 0, countOfAll: 0 })).toBeUndefined();
      expect(await templates.list(app)).toEqual([changed]);
    });

    test('replaces only the version that is expected', async () => {
      const version = (changedAt: string) => newTemplate({ changedAt });
      expect(await templates.put(app, version('1'), LIMITS, '0')).toBe('removed');
      expect(await templates.put(app, version('1'), LIMITS, null)).toBeUndefined();
      expect(await templates.put(app, version('2'), LIMITS, null)).toBe('exists');
      expect(await templates.put(app, version('2'), LIMITS, '0')).toBe('changed');
      expect(await templates.list(app)).toEqual([version('1')]);
      expect(await templates.put(app, version('2'), LIMITS, '1')).toBeUndefined();
      expect(await templates.list(app)).toEqual([version('2')]);
      expect(await templates.put(app + 1, version('1'), LIMITS, '2')).toBe('app');
    });

    test('stores one of two at once that expect the same', async () => {
      const both = (expected: string | null, versions: string[]) =>
        Promise.all(versions.map((changedAt) => templates.put(app, newTemplate({ changedAt }), LIMITS, expected)));
      expect(await both(null, ['1', '2'])).toEqual([undefined, 'exists']);
      expect(await both('1', ['3', '4'])).toEqual([undefined, 'changed']);
      expect(await templates.list(app)).toEqual([newTemplate({ changedAt: '3' })]);
    });

    test('is not changed by a change of what it was given, or has given', async () => {
      const given = newTemplate();
      await templates.put(app, given, LIMITS);
      given.title = 'changed';
      given.example['job'] = 'changed';
      (await templates.find(app, 'ci'))!.example['job'] = 'changed';
      (await templates.list(app))[0]!.example['job'] = 'changed';
      expect(await templates.find(app, 'ci')).toEqual(newTemplate());
    });

    test('holds the limits of an app and of all apps, also of two at once', async () => {
      const names = ['a', 'b', 'c', 'd'];
      const ofApp = await Promise.all(names.map((name) => templates.put(app, newTemplate({ name }), LIMITS)));
      expect(ofApp).toEqual([undefined, undefined, 'count', 'count']);
      const other = await addApp('deploys');
      const ofAll = await Promise.all(names.map((name) => templates.put(other, newTemplate({ name }), LIMITS)));
      expect(ofAll).toEqual([undefined, 'countOfAll', 'countOfAll', 'countOfAll']);
      expect(await templates.remove(app, 'a')).toBe(true);
      expect(await templates.put(other, newTemplate({ name: 'e' }), LIMITS)).toBeUndefined();
    });

    test('removes a template once', async () => {
      await templates.put(app, newTemplate(), LIMITS);
      expect(await Promise.all([templates.remove(app, 'ci'), templates.remove(app, 'ci')])).toEqual([true, false]);
      expect(await templates.find(app, 'ci')).toBeUndefined();
    });

    test('removes the templates of an app with it, and makes room for others', async () => {
      const other = await addApp('deploys');
      for (const name of ['a', 'b']) await templates.put(app, newTemplate({ name }), LIMITS);
      await templates.put(other, newTemplate(), LIMITS);
      await store.removeApp(app);
      expect([await namesOf(app), await namesOf(other)]).toEqual([[], ['ci']]);
      expect(await templates.put(app, newTemplate(), ANY_NUMBER)).toBe('app');
      expect(await templates.put(other, newTemplate({ name: 'd' }), LIMITS)).toBeUndefined();
    });

    test('removes the templates of all apps of an account with it', async () => {
      await templates.put(app, newTemplate(), LIMITS);
      await store.removeAccount('ada');
      expect(await namesOf(app)).toEqual([]);
    });
  });
}
