import { jest } from '@jest/globals';
import { forget, readStored, store } from './browser-storage';
import { forgetPersons, personalKey } from './personal-keys';

describe('browser storage', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    localStorage.clear();
  });

  it('keeps a value until it is removed', () => {
    expect(store('a', '1')).toBe(true);
    expect(readStored('a')).toBe('1');
    forget('a');
    expect(readStored('a')).toBeNull();
  });

  it('returns nothing, without an error, where storage is blocked', () => {
    jest.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('Access is denied', 'SecurityError');
    });
    expect([store('a', '1'), readStored('a')]).toEqual([false, null]);
    expect(() => forget('a')).not.toThrow();
    expect(() => forgetPersons()).not.toThrow();
  });

  it('keeps the old value when storage is full', () => {
    store('a', '1');
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('The quota has been exceeded', 'QuotaExceededError');
    });
    expect([store('a', '2'), readStored('a')]).toEqual([false, '1']);
  });

  it('removes personal data and nothing else', () => {
    for (const kind of ['positions', 'preferences', 'held-back', 'draft', 'shortcuts'] as const)
      store(personalKey(kind, 'ada'), '{}');
    store('herald.language', 'de');
    forgetPersons();
    expect(Object.keys(localStorage)).toEqual(['herald.language']);
  });
});
