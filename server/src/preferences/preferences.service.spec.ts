import { DEFAULT_PREFERENCES, type SavedFilter } from '@herald/protocol';
import { InMemoryStore } from '../repository/in-memory/in-memory-store.js';
import { PreferencesService } from './preferences.service.js';

const FILTERS: SavedFilter[] = [{ name: 'Mine', url: '/?q=mine' }];

describe('PreferencesService', () => {
  test('keeps concurrent changes of different fields', async () => {
    const service = new PreferencesService(new InMemoryStore(10).preferences);
    await Promise.all([
      service.change('ada', { sound: true }),
      service.change('ada', { filters: FILTERS }),
      service.change('ada', { desktop: true }),
    ]);
    expect(await service.of('ada')).toEqual({ ...DEFAULT_PREFERENCES, sound: true, desktop: true, filters: FILTERS });
  });
});
