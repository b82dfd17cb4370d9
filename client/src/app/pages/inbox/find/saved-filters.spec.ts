import { PreferencesStore } from '#app/preferences/preferences-store';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { DEFAULT_PREFERENCES, type Preferences, type SavedFilter } from '@herald/protocol';
import { readBrowsersFilters } from './browsers-filters';
import { SavedFilters } from './saved-filters';

const filters = (count: number, name: string): SavedFilter[] =>
  Array.from({ length: count }, (_, n) => ({ name: `${name} ${n}`, url: '/?q=1' }));

describe('taking over what a browser has kept', () => {
  afterEach(() => localStorage.clear());

  async function takeOver(kept: SavedFilter[], saved: SavedFilter[]): Promise<readonly SavedFilter[]> {
    localStorage.setItem('herald.saved-filters.ada', JSON.stringify(kept));
    const preferences = signal<Preferences>({ ...DEFAULT_PREFERENCES, filters: saved });
    const changeFilters = (change: (before: SavedFilter[]) => SavedFilter[]): Promise<void> => {
      preferences.update((before) => ({ ...before, filters: change(before.filters) }));
      return Promise.resolve();
    };
    TestBed.configureTestingModule({
      providers: [{ provide: PreferencesStore, useValue: { username: signal('ada'), preferences, changeFilters } }],
    });
    const { all } = TestBed.inject(SavedFilters);
    TestBed.tick();
    await Promise.resolve();
    return all();
  }

  it('forgets here what the server has', async () => {
    expect(await takeOver(filters(2, 'kept'), filters(3, 'saved'))).toHaveLength(5);
    expect(readBrowsersFilters('ada')).toEqual([]);
  });

  it('keeps here what found no room there', async () => {
    expect(await takeOver(filters(3, 'kept'), filters(19, 'saved'))).toHaveLength(20);
    expect(readBrowsersFilters('ada').map(({ name }) => name)).toEqual(['kept 1', 'kept 2']);
  });
});
