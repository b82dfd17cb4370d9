import { CATEGORY_MAX, CATEGORY_RULES_MAX, DEFAULT_PREFERENCES } from '@herald/protocol';
import { isRefusal } from '../http/refusal/refusal.js';
import { createValidationPipe } from '../validation/validation.pipe.js';
import { PreferencesDto } from './preferences.dto.js';

const QUIET = { from: '22:00', to: '07:00', timeZone: 'Europe/Berlin' };
const pipe = createValidationPipe();
const parse = (body: unknown): Promise<unknown> => pipe.transform(body, { type: 'body', metatype: PreferencesDto });

/** `field: reason` of each fault in the defaults with these changes; empty if they are accepted. */
async function refusals(changes: object): Promise<string[]> {
  try {
    await parse({ ...DEFAULT_PREFERENCES, ...changes });
    return [];
  } catch (error) {
    if (!isRefusal(error, 'invalid_request')) throw error;
    return error.details.map(({ field, reason }) => `${field}: ${reason}`);
  }
}

describe('PreferencesDto', () => {
  test('accepts the defaults', async () => {
    expect(await parse({ ...DEFAULT_PREFERENCES })).toEqual(DEFAULT_PREFERENCES);
  });

  test('keeps valid preferences unchanged', async () => {
    const chosen = {
      categories: { builds: 'inbox', deploy: 'muted', 'zahlungen.ÄÖÜ_1-2': 'toast' },
      minToast: 'high',
      minSound: 'low',
      sound: true,
      desktop: true,
      quietHours: QUIET,
      filters: [{ name: 'Failed builds', url: '/?category=builds&priority=high' }],
    };
    expect(await parse(structuredClone(chosen))).toEqual(chosen);
  });

  test('keeps rules for categories named like inherited properties', async () => {
    const categories = { toString: 'inbox', hasOwnProperty: 'toast', valueOf: 'muted' };
    expect(await parse({ ...DEFAULT_PREFERENCES, categories: { ...categories } })).toMatchObject({ categories });
    expect(await refusals({ categories: { valueOf: 'loud' } })).toEqual([
      'categories: valueOf must be one of toast, inbox, muted',
    ]);
  });

  test.each(Object.keys(DEFAULT_PREFERENCES).filter((field) => field !== 'filters'))('requires %s', async (field) => {
    expect(await refusals({ [field]: undefined })).toEqual([`${field}: ${field} is required`]);
  });

  test.each([null, 5, 'builds', [], ['builds']])('refuses %j as categories', async (categories) => {
    expect(await refusals({ categories })).toEqual(['categories: categories must be an object']);
  });

  test('refuses invalid categories and rules by name', async () => {
    const long = 'x'.repeat(CATEGORY_MAX + 1);
    for (const bad of ['two words', '', '<b>', '.hidden', long]) {
      const reason = `${JSON.stringify(bad)} is not a category, which is one word of at most 50 characters`;
      expect(await refusals({ categories: { builds: 'toast', [bad]: 'toast' } })).toEqual([`categories: ${reason}`]);
    }
    for (const bad of ['silent', '', null, 1, ['toast']]) {
      const reason = 'builds must be one of toast, inbox, muted';
      expect(await refusals({ categories: { builds: bad } })).toEqual([`categories: ${reason}`]);
    }
  });

  test('limits the number of category rules', async () => {
    const rules = Object.fromEntries(Array.from({ length: CATEGORY_RULES_MAX }, (_, n) => [`c${n}`, 'muted']));
    expect(await refusals({ categories: rules })).toEqual([]);
    const reason = `categories must name at most ${CATEGORY_RULES_MAX} categories`;
    expect(await refusals({ categories: { ...rules, more: 'muted' } })).toEqual([`categories: ${reason}`]);
  });

  test.each(['minToast', 'minSound'])('requires a priority as %s', async (field) => {
    for (const bad of ['urgent', null, 1, 'High']) {
      const reason = `${field} must be one of high, medium, low`;
      expect(await refusals({ [field]: bad })).toEqual([`${field}: ${reason}`]);
    }
  });

  test.each(['sound', 'desktop'])('requires a boolean as %s', async (field) => {
    for (const bad of ['true', 1, null]) {
      expect(await refusals({ [field]: bad })).toEqual([`${field}: ${field} must be true or false`]);
    }
  });

  test.each([5, 'night', [], [QUIET]])('refuses %j as quiet hours', async (quietHours) => {
    expect(await refusals({ quietHours })).toEqual(['quietHours: quietHours must be an object']);
  });

  test.each(['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/GMT+5'])(
    'accepts the time zone %s',
    async (timeZone) => {
      expect(await refusals({ quietHours: { ...QUIET, timeZone } })).toEqual([]);
    },
  );

  test.each(['Mars/Olympus', '+02:00', 'Local', '', 'Europe', 'Europe/Berlin ', '\u0000', null, 5])(
    'refuses the time zone %j',
    async (timeZone) => {
      const [refusal] = await refusals({ quietHours: { ...QUIET, timeZone } });
      expect(refusal).toMatch(
        /^quietHours\.timeZone: timeZone must be (the name of a time zone, such as Europe\/Berlin|a string)$/,
      );
    },
  );

  test.each(['24:00', '7:00', '07:60', '0700', '07:00:00', ''])('refuses the time of day %j', async (time) => {
    const reason = 'must be a time of day, 00:00 to 23:59';
    expect(await refusals({ quietHours: { ...QUIET, from: time } })).toEqual([`quietHours.from: from ${reason}`]);
    expect(await refusals({ quietHours: { ...QUIET, to: time } })).toEqual([`quietHours.to: to ${reason}`]);
  });

  test('refuses quiet hours with equal times, since they are ambiguous', async () => {
    expect(await refusals({ quietHours: { ...QUIET, to: '22:00' } })).toEqual([
      'quietHours.to: to must differ from `from`',
    ]);
  });

  const FILTER = { name: 'Mine', url: '/?q=mine' };

  test.each([
    [5, 'filters must be a list'],
    [[null], 'each value in filters must be an object'],
    [Array.from({ length: 21 }, (_, n) => ({ ...FILTER, name: String(n) })), 'filters must be at most 20'],
    [[FILTER, { ...FILTER, url: '/' }], 'each of filters must have its own name'],
  ])('refuses %j as filters', async (filters, reason) => {
    expect(await refusals({ filters })).toEqual([`filters: ${reason}`]);
  });

  test.each([
    ['name', ' ', 'name must not be blank'],
    ['name', 'x'.repeat(41), 'name must have at most 40 characters'],
    ['name', 5, 'name must be a string'],
    ['url', `/${'x'.repeat(500)}`, 'url must have at most 500 characters'],
    ['url', 'https://evil.example', 'url must be a path of the page, such as /?unread=true'],
    ['url', '//evil.example', 'url must be a path of the page, such as /?unread=true'],
    ['url', '/\\\\evil.example', 'url must be a path of the page, such as /?unread=true'],
    ['url', undefined, 'url is required'],
    ['colour', 'red', 'colour is not a known field'],
  ])('refuses a filter whose %s is %j', async (field, value, reason) => {
    expect(await refusals({ filters: [FILTER, { ...FILTER, name: 'Other', [field]: value }] })).toEqual([
      `filters.1.${field}: ${reason}`,
    ]);
  });

  test('refuses unknown fields, also inside quiet hours', async () => {
    expect(await refusals({ volume: 11 })).toEqual(['volume: volume is not a known field']);
    const reason = 'quietHours.days: days is not a known field';
    expect(await refusals({ quietHours: { ...QUIET, days: ['sat'] } })).toEqual([reason]);
  });
});
