import { jest } from '@jest/globals';
import { languageFor, readChoice, storeChoice } from './stored-language';

describe('the language of the page', () => {
  afterEach(() => localStorage.clear());

  it.each([
    [['de'], 'de'],
    [['de-AT', 'en'], 'de'],
    [['DE-de'], 'de'],
    [['fr-FR', 'de', 'en'], 'de'],
    [['en-GB', 'de'], 'en'],
    [['fr', 'ja'], 'en'],
    [['constructor'], 'en'],
    [[], 'en'],
  ])('for a browser that prefers %j is %s', (wanted, language) => {
    expect(languageFor('', wanted)).toBe(language);
  });

  it('is the chosen one, whatever the browser prefers', () => {
    storeChoice('en');
    expect(languageFor(readChoice(), ['de'])).toBe('en');
    storeChoice('');
    expect(languageFor(readChoice(), ['de'])).toBe('de');
  });

  it('is the browser’s where storage is blocked', () => {
    const blocked = jest.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
      throw new DOMException('Access is denied', 'SecurityError');
    });
    storeChoice('en');
    expect(languageFor(readChoice(), ['de'])).toBe('de');
    blocked.mockRestore();
  });

  it.each(['fr', 'toString', '{}'])('is the browser’s when the stored one is unknown: %s', (stored) => {
    localStorage.setItem('herald.language', stored);
    expect(readChoice()).toBe('');
  });
});
