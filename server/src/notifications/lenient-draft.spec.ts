import { DATA_MAX_BYTES, MESSAGE_MAX, TITLE_MAX } from '@herald/protocol';
import { newApp } from '#test/repository/app-repository.contract.js';
import type { StoredApp } from '../repository/app-repository.js';
import { Refusal } from '../http/refusal/refusal.js';
import { lenientDrafts } from './lenient-draft.js';

const APP: StoredApp = { ...newApp({ name: 'ci' }), id: 1 };
const FULL: StoredApp = { ...APP, category: 'build', defaultPriority: 'low', tags: ['hammer'], markdown: true };

/** The fields of a draft that have a value. */
const draftOf = async (body: object, app = APP): Promise<object> =>
  JSON.parse(JSON.stringify(await lenientDrafts(body, app))) as object;

describe('the draft of an app', () => {
  test('needs only a message, and has general defaults without those of the app', async () => {
    const defaults = { title: 'ci', priority: 'medium', category: 'general' };
    expect(await draftOf({ message: 'Done' })).toEqual({ message: 'Done', ...defaults });
    const blank = { title: ' ', category: null, priority: '', tags: null, markdown: '', requiresAck: '' };
    const empty = { url: '', key: '', expiresAt: '', deliverAt: '\n', audience: '', actions: '', data: '' };
    expect(await draftOf({ message: 'Done', ...blank, ...empty })).toEqual({ message: 'Done', ...defaults });
    expect(await draftOf({ message: ' ' })).toEqual(defaults);
  });

  test("has the app's defaults, unless it says otherwise", async () => {
    const defaults = { title: 'ci', category: 'build', priority: 'low', tags: ['hammer'], markdown: true };
    expect(await draftOf({ message: 'Done' }, FULL)).toEqual({ message: 'Done', ...defaults });
    const own = { title: 'T', category: 'c', priority: 'high', tags: ['x'], markdown: false };
    expect(await draftOf({ message: 'Done', ...own }, FULL)).toEqual({ message: 'Done', ...own });
  });

  test('has the start of texts that are too long, and says in its data which', async () => {
    const long = { title: 'T'.repeat(500), message: 'm'.repeat(5000) };
    const title = `${'T'.repeat(TITLE_MAX - 1)}…`;
    const message = `${'m'.repeat(MESSAGE_MAX - 1)}…`;
    expect(await draftOf(long)).toMatchObject({ title, message, data: { cut: ['title', 'message'] } });
    expect(await draftOf({ ...long, title: 'T', data: { host: 'db1' } })).toMatchObject({
      ...{ title: 'T', message, data: { host: 'db1', cut: ['message'] } },
    });
    expect(await draftOf({ ...long, data: 7 })).toMatchObject({ message, data: 7 });
    expect(await draftOf({ message: 'm'.repeat(MESSAGE_MAX) })).not.toHaveProperty('data');
    // Blank lines at the end are no loss.
    const whole = await draftOf({ message: `${'m'.repeat(MESSAGE_MAX)}\n\n` });
    expect(whole).toMatchObject({ message: 'm'.repeat(MESSAGE_MAX) });
    expect(whole).not.toHaveProperty('data');
  });

  test('keeps its own data where there is no room for the names of cut texts', async () => {
    const message = 'm'.repeat(5000);
    const full = { log: 'x'.repeat(DATA_MAX_BYTES - 12) };
    expect(await draftOf({ message, data: full })).toMatchObject({ data: full });
    expect(await draftOf({ message, data: { cut: 'wood' } })).toMatchObject({ data: { cut: 'wood' } });
  });

  test.each([
    [1, 'low'],
    [2, 'low'],
    [3, 'medium'],
    [4, 'high'],
    [5, 'high'],
    ['5', 'high'],
    ['min', 'low'],
    ['low', 'low'],
    ['default', 'medium'],
    ['medium', 'medium'],
    ['High', 'high'],
    ['urgent', 'high'],
    ['MAX', 'high'],
    ['', 'low'],
    [0, 0],
    [6, 6],
    ['constructor', 'constructor'],
  ])('takes the priority %j as %j', async (priority, expected) => {
    expect(await draftOf({ message: 'm', priority }, FULL)).toMatchObject({ priority: expected });
  });

  test.each([
    ['failure', 'high'],
    ['warning', 'medium'],
    ['info', 'low'],
    ['success', 'low'],
  ])("takes Apprise's type %j as %j, unless there is a priority", async (type, expected) => {
    expect(await draftOf({ message: 'm', type }, FULL)).toMatchObject({ priority: expected });
    expect(await draftOf({ message: 'm', type, priority: 4 }, FULL)).toMatchObject({ priority: 'high' });
  });

  test('keeps its data as it is', async () => {
    const data = { priority: 5, actions: null, x: { y: [1] } };
    expect(await draftOf({ message: 'm', data })).toMatchObject({ data });
  });

  test('reads lists and switches from the texts of a form', async () => {
    const form = { message: 'm', tags: 'one, two,', audience: 'user:ada', markdown: 'Yes', requiresAck: '0' };
    expect(await draftOf(form)).toMatchObject({
      tags: ['one', 'two'],
      audience: ['user:ada'],
      markdown: true,
      requiresAck: false,
    });
  });

  test('drops unknown fields, also those of actions', async () => {
    const action = { label: 'Open', url: 'https://example.com/', method: 'POST' };
    const body = JSON.parse('{"message":"m","version":"1.0","attachments":[],"__proto__":{"x":1}}') as object;
    expect(await draftOf({ ...body, actions: [action] })).toEqual({
      ...{ message: 'm', title: 'ci', priority: 'medium', category: 'general' },
      actions: [{ label: 'Open', url: 'https://example.com/' }],
    });
  });

  test('is made of each item of a list', async () => {
    const drafts = await lenientDrafts([{ message: 'a' }, 7], APP);
    expect(drafts).toEqual([expect.objectContaining({ message: 'a', title: 'ci' }), 7]);
  });

  test('is not made of a body that could not be read', async () => {
    const refusal = new Refusal(400, 'invalid_request', '');
    for (const body of [refusal, undefined, null, 'text', 7]) expect(await lenientDrafts(body, APP)).toBe(body);
  });
});
