import { Connection } from '#app/connection/connection';
import { Refused } from '#app/refusal/refusal';
import { Person } from '#app/session/person';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { HeraldApi } from '@herald/client/api';
import { DEFAULT_PREFERENCES, type Preferences, type PreferencesAnswer, type SavedFilter } from '@herald/protocol';
import { jest } from '@jest/globals';
import { NEVER } from 'rxjs';
import { PreferencesStore } from './preferences-store';

const filter = (name: string): SavedFilter => ({ name, url: `/?q=${name}` });
const without = (name: string) => (before: readonly SavedFilter[]) => before.filter((one) => one.name !== name);

describe('PreferencesStore', () => {
  const status = signal({ state: 'connecting' });
  /** Preferences on the server; null when it has none. */
  let stored: Preferences | null;
  let api: {
    preferences: jest.Mock<() => Promise<PreferencesAnswer>>;
    changePreferences: jest.Mock<(all: Preferences) => Promise<Preferences>>;
    saveFilters: (filters: SavedFilter[]) => Promise<Preferences>;
  };
  let store: PreferencesStore;

  beforeEach(() => {
    stored = null;
    status.set({ state: 'connecting' });
    const save = (change: Partial<Preferences>): Promise<Preferences> =>
      Promise.resolve((stored = { ...(stored ?? DEFAULT_PREFERENCES), ...change }));
    api = {
      preferences: jest.fn(() => Promise.resolve(stored ?? { ...DEFAULT_PREFERENCES, untouched: true })),
      changePreferences: jest.fn(save),
      saveFilters: (filters) => save({ filters }),
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: HeraldApi, useValue: api },
        PreferencesStore,
        { provide: Person, useValue: { username: 'ada' } },
        { provide: Connection, useValue: { status, events: NEVER } },
      ],
    });
  });

  afterEach(() => localStorage.clear());

  async function connect(): Promise<void> {
    store = TestBed.inject(PreferencesStore);
    status.set({ state: 'live' });
    TestBed.tick();
    // Waits for pending requests, since changes run in order.
    await store.changeFilters((before) => before);
  }

  function keepHere(preferences: Preferences): void {
    localStorage.setItem('herald.preferences.ada', JSON.stringify(preferences));
  }

  it('applies both of two removals within one round trip', async () => {
    stored = { ...DEFAULT_PREFERENCES, filters: [filter('a'), filter('b'), filter('c')] };
    await connect();
    await Promise.all([store.changeFilters(without('a')), store.changeFilters(without('b'))]);
    expect([stored.filters, store.preferences()?.filters]).toEqual([[filter('c')], [filter('c')]]);
  });

  it('continues after a refused change', async () => {
    await connect();
    api.changePreferences.mockRejectedValueOnce(new Refused('No'));
    const refused = store.change(DEFAULT_PREFERENCES);
    const saved = store.changeFilters(() => [filter('a')]);
    await expect(refused).rejects.toThrow('No');
    await saved;
    expect(store.preferences()?.filters).toEqual([filter('a')]);
  });

  it("restores this browser's copy to a server that has lost the preferences", async () => {
    const known = { ...DEFAULT_PREFERENCES, sound: true, filters: [filter('a')] };
    keepHere(known);
    await connect();
    expect([stored, store.preferences()]).toEqual([known, known]);
    stored = null;
    await store.changeFilters((before) => [...before, filter('b')]);
    expect(stored).toEqual({ ...known, filters: [filter('a'), filter('b')] });
  });

  it('keeps saved filters when a setting changes before the page notices that the server has lost them', async () => {
    const known = { ...DEFAULT_PREFERENCES, filters: [filter('a')] };
    stored = known;
    await connect();
    stored = null;
    const { filters, ...attentiveness } = known;
    await store.change({ ...attentiveness, sound: true });
    expect([stored, store.preferences()?.filters]).toEqual([{ ...known, sound: true }, filters]);
  });

  it('reports the defaults as assumed while neither server nor browser has any, and stores none', async () => {
    api.preferences.mockRejectedValue(new Error('unreachable'));
    store = TestBed.inject(PreferencesStore);
    status.set({ state: 'live' });
    TestBed.tick();
    await store.reload();
    expect([store.isAssumed(), store.preferences()]).toEqual([true, DEFAULT_PREFERENCES]);
    expect(localStorage.getItem('herald.preferences.ada')).toBeNull();
    stored = { ...DEFAULT_PREFERENCES, sound: true };
    api.preferences.mockResolvedValue(stored);
    await store.reload();
    expect([store.isAssumed(), store.preferences()]).toEqual([false, stored]);
  });

  it('takes over changes made elsewhere, and does not restore what was removed there', async () => {
    keepHere({ ...DEFAULT_PREFERENCES, filters: [filter('a')] });
    stored = DEFAULT_PREFERENCES;
    await connect();
    expect([store.preferences()?.filters, api.changePreferences.mock.calls]).toEqual([[], []]);
  });
});
