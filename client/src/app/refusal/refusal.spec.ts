import { HeraldError } from '@herald/client/api';
import type { ErrorAnswer } from '@herald/protocol';
import { refusalOf } from './refusal';

const UNREACHABLE = 'The server can’t be reached.';
const ofAnswer = (status: number, answer?: Partial<ErrorAnswer>) =>
  refusalOf(new HeraldError(status, answer as ErrorAnswer | undefined), UNREACHABLE);

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

  it('has a general sentence for an answer of a proxy', async () => {
    expect(await ofAnswer(413)).toMatchObject({ message: 'The server rejected the request.', fields: [] });
  });

  it.each([0, 500, 502, 503])('says that the server can’t be reached for the status %d', async (status) => {
    expect((await ofAnswer(status)).message).toBe(UNREACHABLE);
  });

  it.each(['store_unavailable', 'sign_ins_busy', 'too_much_in_flight', 'stopping'] as const)(
    'says when a busy server takes requests again: %s',
    async (code) => {
      const body = { statusCode: 503, error: 'Service Unavailable', code, message: 'Busy', params: { seconds: 7 } };
      expect((await ofAnswer(503, body)).message).toBe('The server is busy. Try again in 7 s.');
    },
  );

  it('does not claim to know what became of a request that broke the server', async () => {
    const body = { statusCode: 500, error: 'Internal Server Error', code: 'internal', message: 'A fault' } as const;
    expect((await ofAnswer(500, body)).message).toBe(UNREACHABLE);
  });

  it.each([
    [false, 400],
    [false, 401],
    [true, 429],
    [true, 503],
    [true, 0],
  ])('is temporary: %s, for the status %d', async (isTemporary, status) => {
    expect(await ofAnswer(status, { code: 'too_many_sends', message: 'No' })).toMatchObject({ isTemporary });
    expect(await ofAnswer(status)).toMatchObject({ isTemporary });
  });

  it('is not made of other errors', async () => {
    const fault = new TypeError('x is undefined');
    await expect(refusalOf(fault, UNREACHABLE)).rejects.toBe(fault);
  });
});
