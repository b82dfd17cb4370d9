import { jest } from '@jest/globals';
import {
  type ArgumentsHost,
  InternalServerErrorException,
  Logger,
  NotFoundException,
  PayloadTooLargeException,
} from '@nestjs/common';
import { invalidCredentials, invalidToken, tooManyFailedSignIns } from '../auth/auth-refusals.js';
import { invalidRequest } from '../validation/invalid-request.js';
import { ErrorFilter } from './error.filter.js';

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** Returns the client's answer when a handler throws `error`. */
function answerTo(error: unknown): Answer {
  const answer: Answer = { status: 0, headers: {}, body: undefined };
  const reply = {
    header: (name: string, value: string) => {
      answer.headers[name] = value;
      return reply;
    },
    status: (code: number) => {
      answer.status = code;
      return reply;
    },
    send: (body: unknown) => {
      answer.body = body;
      return reply;
    },
  };
  const host = { switchToHttp: () => ({ getResponse: () => reply }) } as unknown as ArgumentsHost;
  new ErrorFilter().catch(error, host);
  return answer;
}

describe('ErrorFilter', () => {
  const logged = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);

  beforeEach(() => {
    logged.mockClear();
  });

  afterAll(() => {
    logged.mockRestore();
  });

  test('answers 400 and logs nothing when a client hangs up in the middle of its body', () => {
    const aborted = Object.assign(new Error('aborted'), { code: 'ECONNRESET', statusCode: 400 });
    expect(answerTo(aborted).status).toBe(400);
    expect(logged).not.toHaveBeenCalled();
    expect(answerTo(Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })).status).toBe(500);
    expect(logged).toHaveBeenCalledTimes(1);
  });

  test('answers 400 with each field and its reason', () => {
    const details = [{ field: 'title', code: 'required' as const, reason: 'title is required' }];
    expect(answerTo(invalidRequest(details))).toEqual({
      status: 400,
      headers: {},
      body: {
        statusCode: 400,
        error: 'Bad Request',
        code: 'invalid_request',
        message: 'The request is not valid',
        details,
      },
    });
  });

  test('answers 401 to wrong credentials, without a challenge that makes browsers prompt', () => {
    const { status, headers, body } = answerTo(invalidCredentials());
    expect([status, headers]).toEqual([401, {}]);
    expect(body).toEqual({
      statusCode: 401,
      error: 'Unauthorized',
      code: 'invalid_credentials',
      message: 'The username or the password is wrong',
    });
  });

  test('answers 401 to a bad token, with a challenge for a bearer token (RFC 6750)', () => {
    const { status, headers, body } = answerTo(invalidToken('The token has expired'));
    expect([status, headers]).toEqual([401, { 'WWW-Authenticate': 'Bearer' }]);
    expect(body).toMatchObject({ message: 'The token has expired' });
  });

  test('answers 429 with the seconds to wait', () => {
    const { status, headers, body } = answerTo(tooManyFailedSignIns(61));
    expect([status, headers]).toEqual([429, { 'Retry-After': '61' }]);
    expect(body).toMatchObject({ statusCode: 429, code: 'too_many_failed_sign_ins', params: { seconds: 61 } });
  });

  test("answers Nest's own exceptions in the same format", () => {
    expect(answerTo(new NotFoundException('Cannot GET /x')).body).toEqual({
      statusCode: 404,
      error: 'Not Found',
      code: 'unknown_path',
      message: 'There is nothing at this path',
    });
    expect(answerTo(new PayloadTooLargeException()).status).toBe(413);
    expect(logged).not.toHaveBeenCalled();
  });

  test.each([
    new Error('connect ECONNREFUSED 10.0.0.5'),
    new InternalServerErrorException('10.0.0.5'),
    'thrown 10.0.0.5',
    undefined,
  ])('answers 500 to any other error, logs it and hides its message: %s', (error) => {
    const { status, body } = answerTo(error);
    expect(status).toBe(500);
    expect(body).toEqual({
      statusCode: 500,
      error: 'Internal Server Error',
      code: 'internal',
      message: 'Something went wrong on the server. It has been logged',
    });
    expect(logged).toHaveBeenCalledWith(error);
  });
});
