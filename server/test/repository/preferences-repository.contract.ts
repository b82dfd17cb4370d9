import { DEFAULT_PREFERENCES, type Preferences } from '@herald/protocol';
import type { PreferencesRepository } from '../../src/repository/preferences-repository.js';
import type { Store } from '../../src/repository/store.js';
import { type CreateData, openNew } from './stored-data.js';
import { entriesIn, headOf } from './log-contents.js';

const CHOSEN: Preferences = {
  categories: { builds: 'muted', deploy: 'inbox', 'zahlungen.ÄÖÜ': 'toast' },
  minToast: 'medium',
  minSound: 'high',
  sound: true,
  desktop: true,
  quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' },
  filters: [{ name: 'Mine', url: '/?q=mine' }],
};

/** Guarantees of every adapter. An adapter's spec calls this with its name and a factory. */
export function describePreferencesRepository(name: string, create: CreateData): void {
  describe(`${name} as a PreferencesRepository`, () => {
    let store: Store;
    let repository: PreferencesRepository;

    beforeEach(async () => {
      store = await openNew(create);
      repository = store.preferences;
    });

    const save = (username: string, preferences: Preferences): Promise<Preferences> =>
      repository.update(username, () => preferences);

    test('has nothing for a person without saved preferences, whatever the name', async () => {
      expect(await repository.find('ada')).toBeUndefined();
      expect(await repository.find('constructor')).toBeUndefined();
    });

    test('keeps the saved preferences once update resolves', async () => {
      expect(await save('ada', CHOSEN)).toEqual(CHOSEN);
      expect(await repository.find('ada')).toEqual(CHOSEN);
    });

    test('changes the current value, even for two updates at once', async () => {
      const filters = (before = CHOSEN): Preferences => ({ ...before, filters: [] });
      const sound = (before = CHOSEN): Preferences => ({ ...before, sound: false });
      await Promise.all([repository.update('ada', filters), repository.update('ada', sound)]);
      expect(await repository.find('ada')).toEqual({ ...CHOSEN, filters: [], sound: false });
    });

    test('stores nothing if the change throws, and rethrows the error', async () => {
      await save('ada', CHOSEN);
      const refuse = (): never => {
        throw new Error('too large');
      };
      await expect(repository.update('ada', refuse)).rejects.toThrow('too large');
      expect(await repository.find('ada')).toEqual(CHOSEN);
    });

    test('keeps only the latest value', async () => {
      await save('ada', CHOSEN);
      await save('ada', DEFAULT_PREFERENCES);
      expect(await repository.find('ada')).toEqual(DEFAULT_PREFERENCES);
    });

    test('keeps persons apart, by exact name', async () => {
      await save('ada', CHOSEN);
      await save('Ada', DEFAULT_PREFERENCES);
      expect(await repository.find('ada')).toEqual(CHOSEN);
      expect(await repository.find('Ada')).toEqual(DEFAULT_PREFERENCES);
    });

    test('reports each update in the channel of the person, the stored one last', async () => {
      const filters = (before = CHOSEN): Preferences => ({ ...before, filters: [] });
      await Promise.all([save('ada', CHOSEN), repository.update('ada', filters), save('bob', CHOSEN)]);
      const entries = await entriesIn(store.notifications, 'user:ada', 'medium', 1, 10);
      expect(entries).toHaveLength(2);
      expect(entries[1]).toMatchObject({
        event: 'preferences',
        data: { preferences: await repository.find('ada') },
      });
    });

    test('reports nothing if the change throws', async () => {
      await expect(repository.update('ada', () => JSON.parse('{') as Preferences)).rejects.toThrow();
      expect(await headOf(store.notifications, 'user:ada', 'medium')).toEqual({ offset: 0, id: null });
    });

    test('keeps a copy, not the object', async () => {
      const changing = structuredClone(CHOSEN);
      await save('ada', changing);
      changing.categories['builds'] = 'toast';
      const found = await repository.find('ada');
      found!.categories['builds'] = 'inbox';
      const updated = await repository.update('ada', (before) => before!);
      updated.categories['builds'] = 'inbox';
      expect(await repository.find('ada')).toEqual(CHOSEN);
    });
  });
}
