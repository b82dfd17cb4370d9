import type { NotificationDraft } from '@herald/protocol';
import { jest } from '@jest/globals';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Answer, DRAFT, useServer } from './running-server.js';

const TO_BOB: NotificationDraft = { ...DRAFT, audience: ['user:bob'] };
const SEND = '/api/notifications/send';

describe('the rate of sends', () => {
  const server = useServer({ SENDS_PER_SECOND_PER_USER: '2' });
  let admin: string;
  let ada: string;

  beforeAll(async () => {
    admin = await server.signIn();
    for (const name of ['ada', 'bob']) await server.createUser(name);
    ada = await server.signIn('ada');
  });

  const many = (count: number): NotificationDraft[] => Array.from({ length: count }, () => TO_BOB);
  const named = (key: string): Promise<Answer> =>
    server.fetch(SEND, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${ada}`, 'Idempotency-Key': key },
      body: JSON.stringify(TO_BOB),
    });

  test('allows a thousand at once and its refill; more get 429 with Retry-After, and are not stored', async () => {
    const first = await named('first');
    expect(first.status).toBe(201);
    expect((await server.post(SEND, many(900), ada)).status).toBe(201);
    const refused = await server.post(SEND, many(1000), ada);
    expect([refused.status, refused.body]).toEqual([
      429,
      {
        statusCode: 429,
        error: 'Too Many Requests',
        code: 'too_many_sends',
        params: { perSecond: 2, atOnce: 1000, seconds: expect.any(Number) },
        message: expect.stringMatching(
          /^You can send 2 notifications a second, in bursts of up to 1000\. Try again in \d+ s$/,
        ),
      },
    ]);
    const seconds = Number(refused.headers.get('retry-after'));
    expect([seconds > 430, seconds <= 451]).toEqual([true, true]);
    expect((refused.body as { message: string }).message).toContain(`in ${seconds} s`);
    expect((await server.get('/api/notifications?view=all&limit=1', await server.signIn('bob'))).body).toMatchObject({
      counts: { inbox: 901 },
    });
    expect((await server.post(SEND, many(90), ada)).status).toBe(201);
    let last: Answer;
    do last = await server.post(SEND, many(10), ada);
    while (last.status === 201);
    expect(last.status).toBe(429);
    // A repeated request returns its first answer without a new send.
    const repeated = await named('first');
    expect([repeated.status, repeated.body]).toEqual([201, first.body]);
  });

  test('counts refused requests: invalid ones by their notifications, unreadable ones by their size', async () => {
    await server.createUser('cleo');
    const cleo = await server.signIn('cleo');
    const wrong = many(400).map((draft) => ({ ...draft, title: 5 }));
    expect([(await server.post(SEND, wrong, cleo)).status, (await server.post(SEND, wrong, cleo)).status]).toEqual([
      400, 400,
    ]);
    const unread = `[{"actions":[${'{},'.repeat(400_000)}1]}]`;
    expect([(await server.post(SEND, unread, cleo)).status, (await server.post(SEND, wrong, cleo)).status]).toEqual([
      429, 429,
    ]);
    const small = `[{"actions":[${'{},'.repeat(200_000)}1]}]`;
    expect((await server.post(SEND, small, cleo)).status).toBe(400);
    expect((await server.post(SEND, many(100), cleo)).status).toBe(429);
  });

  test('refuses a large body of a user whose rate is used up before it is sent', async () => {
    await server.createUser('dan');
    const dan = await server.signIn('dan');
    const clock = jest.spyOn(performance, 'now').mockReturnValue(performance.now());
    try {
      expect((await server.post(SEND, many(1000), dan)).status).toBe(201);
      const socket = connect(server.port, '127.0.0.1');
      const head = [
        'Host: localhost',
        'Content-Type: application/json',
        `Authorization: Bearer ${dan}`,
        'Content-Length: 100000',
      ];
      socket.write(`POST ${SEND} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
      expect(await text(socket)).toMatch(/^HTTP\/1\.1 429 [^]*retry-after: 1\r\n/i);
    } finally {
      clock.mockRestore();
    }
  });

  test('counts a scheduled notification when it is scheduled', async () => {
    const deliverAt = new Date(Date.now() + 3_600_000).toISOString();
    let last: Answer;
    do last = await server.post(SEND, { ...TO_BOB, deliverAt }, ada);
    while (last.status === 202);
    expect(last.status).toBe(429);
  });

  test('is separate for each user, and exempts administrators', async () => {
    expect((await server.post(SEND, { ...DRAFT, audience: ['user:ada'] }, await server.signIn('bob'))).status).toBe(
      201,
    );
    for (let n = 0; n < 3; n++) expect((await server.post(SEND, many(1000), admin)).status).toBe(201);
  });
});
