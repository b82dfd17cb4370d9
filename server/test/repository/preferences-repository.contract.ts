import { DEFAULT_PREFERENCES, type Preferences } from '../../../protocol/preferences.js';
import type { PreferencesRepository } from '../../src/repository/preferences-repository.js';

const CHOSEN: Preferences = {
  categories: { builds: 'muted', deploy: 'inbox', 'zahlungen.ÄÖÜ': 'toast' },
  minToast: 'medium',
  minSound: 'high',
  sound: true,
  desktop: true,
  quietHours: { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' },
  filters: [{ name: 'Mine', url: '/?q=mine' }],
};

/** What every adapter guarantees. An adapter's spec calls this with its name and how to make one. */
export function describePreferencesRepository(
  name: string,
  create: () => PreferencesRepository | Promise<PreferencesRepository>,
): void {
  describe(`${name} as a PreferencesRepository`, () => {
    let repository: PreferencesRepository;

    beforeEach(async () => {
      repository = await create();
    });

    test('knows nothing of a person who has not chosen, whatever the name', async () => {
      expect(await repository.find('ada')).toBeUndefined();
      expect(await repository.find('constructor')).toBeUndefined();
    });

    test('keeps all that was chosen, once save resolves', async () => {
      await repository.save('ada', CHOSEN);
      expect(await repository.find('ada')).toEqual(CHOSEN);
    });

    test('keeps what was saved last, and nothing of what was before', async () => {
      await repository.save('ada', CHOSEN);
      await repository.save('ada', DEFAULT_PREFERENCES);
      expect(await repository.find('ada')).toEqual(DEFAULT_PREFERENCES);
    });

    test('keeps each person apart, by the exact name', async () => {
      await repository.save('ada', CHOSEN);
      await repository.save('Ada', DEFAULT_PREFERENCES);
      expect(await repository.find('ada')).toEqual(CHOSEN);
      expect(await repository.find('Ada')).toEqual(DEFAULT_PREFERENCES);
    });

    test('keeps what was saved, not the object', async () => {
      const changing = structuredClone(CHOSEN);
      await repository.save('ada', changing);
      changing.categories['builds'] = 'toast';
      const found = await repository.find('ada');
      found!.categories['builds'] = 'inbox';
      expect(await repository.find('ada')).toEqual(CHOSEN);
    });
  });
}
