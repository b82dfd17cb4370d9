import type { ErrorAnswer, Notification } from '@herald/protocol';
import { EventReader } from './event-reader.js';
import { FrameSocket } from './frame-socket.js';
import { DRAFT, useServer } from './running-server.js';

/** Has names that objects inherit. */
const INHERITED = { valueOf: null, hasOwnProperty: [{ isPrototypeOf: 2 }] };
const DATA = {
  ...{ build: { number: 42, jobs: ['test', { name: 'größe' }] }, isGreen: null, none: {}, list: [] },
  ...{ toString: 'x', inherited: INHERITED },
};

describe('the data of a notification', () => {
  const server = useServer();
  let token: string;

  beforeAll(async () => {
    token = await server.signIn();
  });

  test('is in every frame and answer as it was given', async () => {
    const socket = await FrameSocket.live(server, token);
    await socket.next('live');
    const reader = await EventReader.open(server, token);
    for (const event of ['welcome', 'live']) await reader.next(event);
    const { id, data } = await server.send(token, { data: DATA });
    expect(data).toEqual(DATA);
    expect((await socket.next('notification')).data).toMatchObject({ id, data: DATA });
    expect((await reader.next('notification')).data).toMatchObject({ id, data: DATA });
    for (const path of ['', '/sent', `/${id}`]) {
      const { body } = await server.get(`/api/notifications${path}`, token);
      const [item] = (body as { items?: Notification[] }).items ?? [body];
      expect([path, item]).toEqual([path, expect.objectContaining({ id, data: DATA })]);
    }
    socket.socket.close();
    reader.close();
  });

  test.each(['__proto__', 'constructor', 'prototype'])('is refused with the name %s at any depth', async (name) => {
    const json = JSON.stringify({ ...DRAFT, data: { x: [{ y: 1 }] } }).replace('"y"', `"${name}"`);
    const { status, body } = await server.post('/api/notifications/send', json, token);
    expect([status, (body as ErrorAnswer).details]).toEqual([
      400,
      [expect.objectContaining({ field: `data.x.0.${name}`, code: 'reserved_name' })],
    ]);
  });

  test('is kept with a scheduled notification', async () => {
    const deliverAt = new Date(Date.now() + 3_600_000).toISOString();
    const { status, body } = await server.post('/api/notifications/send', { ...DRAFT, deliverAt, data: DATA }, token);
    expect([status, body]).toEqual([202, expect.objectContaining({ data: DATA })]);
    const listed = await server.get('/api/notifications/scheduled', token);
    expect(listed.body).toMatchObject({ items: [{ data: DATA }] });
  });
});
