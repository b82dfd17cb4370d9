import { type ErrorAnswer, FIELD_CODES, type FieldError, REFUSAL_CODES } from '@herald/protocol';
import { fieldWords, refusalWords } from './refusal-words';

const refusal = (code: string, params?: ErrorAnswer['params']): string =>
  refusalWords({
    statusCode: 400,
    error: 'Bad Request',
    code,
    message: 'As the server says it',
    params,
  } as ErrorAnswer);
const field = (code: string, params?: FieldError['params']): string =>
  fieldWords({ field: 'title', code, reason: 'as the server says it', params } as FieldError);

describe('the words of a refusal', () => {
  it.each([
    ['too_many_topics', { max: 32 }, 'You follow 32 topics, the maximum. Leave a topic first.'],
    ['unknown_account', { username: 'ada' }, 'The account ada no longer exists.'],
    [
      'too_many_sends',
      { perSecond: 10, atOnce: 1000, seconds: 7 },
      'You’re sending too many notifications. Try again in 7 s.',
    ],
  ])('%s has its values: %j', (code, params, words) => {
    expect(refusal(code, params)).toBe(words);
  });

  it('are a sentence for every code of the protocol', () => {
    for (const code of Object.keys(REFUSAL_CODES)) expect(refusal(code, {})).toMatch(/^(?!As the server).*\.$/);
  });

  it.each(['of_a_newer_server', 'toString'])('are those of the server for %s, an unknown code', (code) => {
    expect(refusal(code)).toBe('As the server says it');
  });
});

describe('the words for a field', () => {
  it.each([
    ['required', undefined, 'This can’t be blank.'],
    ['too_long', { max: 200 }, 'At most 200 characters, please.'],
    ['not_a_channel', { channel: 'ops!' }, '“ops!” is not everyone, user:<name>, role:<name> or topic:<name>.'],
    ['unclosed_section', { name: 'a', position: 0 }, 'The section a at character 1 needs {{/a}} at its end.'],
    ['unopened_section', { name: 'a', position: 4 }, '{{/a}} at character 5 closes a section that isn’t open.'],
    ['topic_refused', { topic: 'builds' }, 'Follow the topic builds to send to it.'],
  ])('%s has its values: %j', (code, params, words) => {
    expect(field(code, params)).toBe(words);
  });

  it('are a sentence for every code of the protocol', () => {
    for (const code of Object.keys(FIELD_CODES)) expect(field(code, {})).toMatch(/^(?!as the server).*\.$/);
  });

  it.each(['of_a_newer_server', 'toString'])('are those of the server for %s, an unknown code', (code) => {
    expect(field(code)).toBe('as the server says it');
  });
});
