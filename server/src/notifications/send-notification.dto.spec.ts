import { CATEGORY_MAX, MESSAGE_MAX, PRIORITIES, TITLE_MAX } from '@herald/protocol';
import fc from 'fast-check';
import { isRefusal } from '../http/refusal/refusal.js';
import { createValidationPipe } from '../validation/validation.pipe.js';
import { SendNotificationDto } from './send-notification.dto.js';

const VALID = { title: 'Deploy finished', message: 'Version 42 is live.', priority: 'high', category: 'deploy' };
const SEED = { seed: 42, numRuns: 300 };

const pipe = createValidationPipe();
const parse = (body: unknown): Promise<unknown> =>
  pipe.transform(body, { type: 'body', metatype: SendNotificationDto });

/** `field: reason` of each fault in the body; empty if the body is accepted. */
async function refusals(body: unknown): Promise<string[]> {
  try {
    await parse(body);
    return [];
  } catch (error) {
    if (!isRefusal(error, 'invalid_request')) throw error;
    return error.details.map(({ field, reason }) => `${field}: ${reason}`);
  }
}

describe('SendNotificationDto', () => {
  test('accepts a notification of the reference system, and keeps its text unchanged', async () => {
    const body = {
      title: 'Test Notification',
      message: 'This is a test notification!',
      priority: 'high',
      category: 'test',
    };
    expect(await parse(body)).toEqual(body);
    expect(await parse({ ...body, title: '  <b>Ünïcode 🎉</b>\n' })).toMatchObject({ title: '  <b>Ünïcode 🎉</b>\n' });
  });

  test.each(['\u200b', '\u00a0\u3000', '\u2800', '\u3164', '\u00ad\u034f', '\u2066\u2069', '\ufeff'])(
    'refuses text that looks blank: %j',
    async (text) => {
      expect(await refusals({ ...VALID, title: text })).toEqual(['title: title must not be blank']);
      expect(await refusals({ ...VALID, message: text })).toEqual(['message: message must not be blank']);
      expect(await refusals({ ...VALID, actions: [{ label: text, event: 'x' }] })).toEqual([
        'actions.0.label: label must not be blank',
      ]);
    },
  );

  test.each(['\u202e', '\u202a', '\u2066', '\u2069'])(
    'refuses a title with the direction control %j',
    async (control) => {
      expect(await refusals({ ...VALID, title: `invoice${control}fdp.exe` })).toEqual([
        'title: title must not have characters that change the direction of text',
      ]);
      const actions = [{ label: `a${control}b`, event: 'x' }];
      expect(await refusals({ ...VALID, actions })).toEqual([
        'actions.0.label: label must not have characters that change the direction of text',
      ]);
    },
  );

  test('refuses direction overrides in a message, and accepts isolates, which translation libraries add', async () => {
    expect(await refusals({ ...VALID, message: 'invoice\u202efdp.exe' })).toEqual([
      'message: message must not have characters that change the direction of text',
    ]);
    expect(await refusals({ ...VALID, message: 'Hello \u2068Ada\u2069\n\tsecond line', title: 'שלום\u200f!' })).toEqual(
      [],
    );
  });

  test.each(['\u0007', '\u001b[31m', '\u007f', '\u0085'])(
    'refuses a title with the control character %j',
    async (control) => {
      expect(await refusals({ ...VALID, title: `a${control}b` })).toEqual([
        'title: title must not have control characters',
      ]);
    },
  );

  test.each(['c\u3164', '\uffa0', 'a\u115f'])(
    'refuses a category and a tag with invisible letters: %j',
    async (word) => {
      expect(await refusals({ ...VALID, category: word })).toEqual([
        'category: category must be one word of letters, digits, dots, hyphens or underscores',
      ]);
      expect(await refusals({ ...VALID, tags: [word] })).toEqual([
        'tags: each value in tags must be one word, such as warning or +1',
      ]);
    },
  );

  test('refuses Markdown that is nested deeper than a page can render', async () => {
    const message = '>'.repeat(MESSAGE_MAX);
    expect(await refusals({ ...VALID, message, markdown: true })).toEqual([
      'message: message must not nest quotes and lists more than 20 levels deep',
    ]);
    expect(await refusals({ ...VALID, message })).toEqual([]);
  });

  test.each(PRIORITIES)('accepts the priority %s', async (priority) => {
    expect(await refusals({ ...VALID, priority })).toEqual([]);
  });

  test.each(['title', 'message', 'priority', 'category'])('requires a %s', async (field) => {
    expect(await refusals({ ...VALID, [field]: undefined })).toEqual([`${field}: ${field} is required`]);
  });

  test.each(['title', 'message', 'category'])('requires a %s that is a string', async (field) => {
    for (const value of [null, 5, true, {}, [], ['text'], { length: 1 }]) {
      expect(await refusals({ ...VALID, [field]: value })).toEqual([`${field}: ${field} must be a string`]);
    }
  });

  test.each([null, 'urgent', 'High', '', 1, ['high']])('refuses the priority %j', async (priority) => {
    const reason = 'priority must be one of high, medium, low';
    expect(await refusals({ ...VALID, priority })).toEqual([`priority: ${reason}`]);
  });

  test.each([
    ['title', TITLE_MAX],
    ['message', MESSAGE_MAX],
    ['category', CATEGORY_MAX],
  ])('limits the %s to %d characters', async (field, max) => {
    expect(await refusals({ ...VALID, [field]: 'x'.repeat(max) })).toEqual([]);
    const reason = `${field} must have at most ${max} characters`;
    expect(await refusals({ ...VALID, [field]: 'x'.repeat(max + 1) })).toEqual([`${field}: ${reason}`]);
  });

  test.each([
    ['an emoji is two', 'x' + '🎉'.repeat(100)],
    ['a variation selector is one', `${'\ufe0f'.repeat(TITLE_MAX)}x`],
  ])('measures length in UTF-16 code units, as HTML forms do: %s', async (_, title) => {
    expect(await refusals({ ...VALID, title: title.slice(1) })).toEqual([]);
    expect(await refusals({ ...VALID, title })).toEqual([expect.stringMatching(/^title: title must have at most/)]);
  });

  test.each(['title', 'message'])('refuses a blank %s', async (field) => {
    for (const blank of ['', ' ', '\n\t', '\u00a0\u3000']) {
      expect(await refusals({ ...VALID, [field]: blank })).toEqual([`${field}: ${field} must not be blank`]);
    }
  });

  test.each([
    ['title', TITLE_MAX, /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/],
    ['message', MESSAGE_MAX, /[\u202a-\u202e]/],
  ])(
    'accepts as %s exactly the visible values without control characters up to the maximum length',
    async (field, max, controls) => {
      const anyText = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 20 }),
        fc.string({ unit: fc.constantFrom(' ', '\n', '\u00a0') }),
        fc.string({ unit: 'grapheme', minLength: max - 5, maxLength: max + 5, size: 'max' }),
      );
      await fc.assert(
        fc.asyncProperty(anyText, async (text) => {
          const isBlank = text.replace(/[\s\p{Z}\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu, '') === '';
          const isSound = !isBlank && text.length <= max && !controls.test(text);
          expect((await refusals({ ...VALID, [field]: text })).length === 0).toBe(isSound);
        }),
        SEED,
      );
    },
  );

  test.each(['deploy', 'a', 'v1.2', 'ci_cd', 'on-call', '42', 'größe', '日本語'])(
    'accepts the category %s',
    async (category) => {
      expect(await refusals({ ...VALID, category })).toEqual([]);
    },
  );

  test.each([
    'two words',
    ' deploy',
    'deploy\n',
    '\ndeploy',
    '-deploy',
    '.hidden',
    '🎉',
    'a/b',
    '<b>',
    'a,b',
    'a\u200bb',
  ])('refuses the category %j', async (category) => {
    expect(await refusals({ ...VALID, category })).toEqual([
      'category: category must be one word of letters, digits, dots, hyphens or underscores',
    ]);
  });

  test('refuses an empty category', async () => {
    expect(await refusals({ ...VALID, category: '' })).toEqual(['category: category must not be empty']);
  });

  test('accepts an audience', async () => {
    const audience = ['everyone', 'user:ada@example.org', 'role:on-call', 'topic:größe.v1', `user:${'x'.repeat(50)}`];
    expect(await parse({ ...VALID, audience })).toEqual({ ...VALID, audience });
  });

  test.each([
    ['audience must be a list', [null, 'everyone', 5, {}]],
    ['each value in audience must be a string', [[5], [null], [['everyone']], ['everyone', undefined]]],
    ['audience must name at least one channel', [[]]],
    ['audience must have at most 16 items', [Array.from({ length: 17 }, (_, n) => `user:u${n}`)]],
    ['audience must have each name once', [['everyone', 'everyone']]],
  ])('refuses an invalid audience: %s', async (reason, audiences) => {
    for (const audience of audiences) expect(await refusals({ ...VALID, audience })).toEqual([`audience: ${reason}`]);
  });

  test.each([
    '',
    'Everyone',
    'user:',
    'user: ada',
    'user:-ada',
    'group:ops',
    'user:a/b',
    'topic:x\n',
    `role:${'x'.repeat(51)}`,
    'user:__proto__',
  ])('refuses the channel %j', async (name) => {
    const reason = `${JSON.stringify(name)} is not everyone, user:<name>, role:<name> or topic:<name>`;
    expect(await refusals({ ...VALID, audience: ['everyone', name] })).toEqual([`audience: ${reason}`]);
  });

  test('refuses unknown fields and fields that the server sets', async () => {
    const body = { ...VALID, titel: 'x', id: 'mine', sender: 'eve', createdAt: '2026-01-31' };
    expect(await refusals(body)).toEqual([
      'titel: titel is not a known field',
      'id: id is not a known field',
      'sender: sender is not a known field',
      'createdAt: createdAt is not a known field',
    ]);
  });

  test.each([null, [], [VALID], 5, 'text', true])('requires an object instead of %j', async (body) => {
    const required = ['title', 'message', 'priority', 'category'].map((field) => `${field}: ${field} is required`);
    expect(await refusals(body)).toEqual(expect.arrayContaining(required));
  });

  test('reports all faults at once', async () => {
    expect(await refusals({ title: '', message: 5, priority: 'urgent', category: 'two words' })).toHaveLength(4);
  });
});
