import { HttpErrorResponse } from '@angular/common/http';
import type { ErrorAnswer } from '@herald/protocol';
import { isRefused, refusalOf } from './refusal';

const UNREACHABLE = 'The server can’t be reached.';
const answer = (status: number, error?: unknown): HttpErrorResponse => new HttpErrorResponse({ status, error });
const ofAnswer = (status: number, error?: unknown) => refusalOf(answer(status, error), UNREACHABLE);

describe('the refusal of a failed request', () => {
  it('has the words for its code, and for each field', async () => {
    const body: ErrorAnswer = {
      statusCode: 400,
      error: 'Bad Request',
      code: 'invalid_request',
      message: 'As the server says it',
      details: [{ field: 'title', code: 'too_long', reason: 'as the server says it', params: { max: 200 } }],
    };
    expect(await ofAnswer(400, body)).toMatchObject({
      message: 'Check your entries and try again.',
      fields: [{ field: 'title', reason: 'At most 200 characters, please.' }],
    });
  });

  it.each(['<h1>Request Entity Too Large</h1>', null, { message: 'Too large' }])(
    'has a general sentence for an answer of a proxy: %j',
    async (body) => {
      expect(await ofAnswer(413, body)).toMatchObject({ message: 'The server rejected the request.', fields: [] });
    },
  );

  it.each([0, 500, 502, 503])('says that the server can’t be reached for the status %d', async (status) => {
    expect((await ofAnswer(status)).message).toBe(UNREACHABLE);
    expect((await ofAnswer(status, '<h1>Service Unavailable</h1>')).message).toBe(UNREACHABLE);
  });

  it.each(['store_unavailable', 'sign_ins_busy', 'too_much_in_flight', 'stopping'])(
    'says when a busy server takes requests again: %s',
    async (code) => {
      const body = { statusCode: 503, error: 'Service Unavailable', code, message: 'Busy', params: { seconds: 7 } };
      expect((await ofAnswer(503, body)).message).toBe('The server is busy. Try again in 7 s.');
    },
  );

  it('does not claim to know what became of a request that broke the server', async () => {
    const body = { statusCode: 500, error: 'Internal Server Error', code: 'internal', message: 'A fault' };
    expect((await ofAnswer(500, body)).message).toBe(UNREACHABLE);
  });

  it.each([
    [false, 400],
    [false, 401],
    [true, 429],
    [true, 503],
    [true, 0],
  ])('is temporary: %s, for the status %d', async (isTemporary, status) => {
    expect(await ofAnswer(status, { code: 'busy', message: 'No' })).toMatchObject({ isTemporary });
    expect(await ofAnswer(status)).toMatchObject({ isTemporary });
  });

  it('is not made of other errors', async () => {
    const fault = new TypeError('x is undefined');
    await expect(refusalOf(fault, UNREACHABLE)).rejects.toBe(fault);
  });
});

it('the server would refuse again only after an answer of 4xx other than 429', () => {
  expect([400, 404, 499].filter((status) => !isRefused(answer(status)))).toEqual([]);
  expect([0, 429, 500, 503].filter((status) => isRefused(answer(status)))).toEqual([]);
  expect(isRefused(new Error('Aborted'))).toBe(false);
});
