import { expect, test } from '@playwright/test';
import { germanTexts, placeholdersOf, type Texts, textsInSources } from './support/texts.ts';

test('every text has a German translation with the same placeholders, and no translation is unused', () => {
  test.setTimeout(180_000);
  const texts = textsInSources();
  const german = germanTexts();
  const ids = Object.keys(texts).sort();
  expect(ids.length).toBeGreaterThan(300);
  expect(Object.keys(german)).toEqual(ids);
  const placeholders = (all: Texts): string[][] => ids.map((id) => [id, ...placeholdersOf(all[id])]);
  expect(placeholders(german)).toEqual(placeholders(texts));
});

test('German texts use German quotes, and a space before an ellipsis that stands for words', () => {
  const wrong = Object.entries(germanTexts()).filter(([, text]) => /["']|”|\.\.\.|„[^“]*$|[a-zäöü]…/.test(text));
  expect(wrong).toEqual([]);
});
