import type { TicketAnswer } from '@herald/protocol';
import { WebSocket } from 'ws';
import { startLoggedMain } from './logged-main.js';
import { signIn } from './sign-in.js';

test('a ticket is in no line of the log, wherever it is put, used or refused', async () => {
  const server = await startLoggedMain();
  const Authorization = `Bearer ${await signIn(server.host)}`;
  const tickets: string[] = [];
  const make = async (): Promise<string> => {
    const made = await fetch(`http://${server.host}/api/auth/tickets`, { method: 'POST', headers: { Authorization } });
    tickets.push(((await made.json()) as TicketAnswer).ticket);
    return tickets.at(-1)!;
  };
  const get = async (path: string, headers: Record<string, string> = {}): Promise<number> => {
    const answer = await fetch(`http://${server.host}${path}`, { headers });
    await answer.body?.cancel();
    return answer.status;
  };
  const used = await make();
  const stream = `/api/notifications/stream?ticket=${used}`;
  expect([await get(stream), await get(stream), await get(`${stream}&ticket=${used}`)]).toEqual([200, 401, 401]);
  for (const protocols of [[], ['herald.v1']]) {
    const ticket = await make();
    for (const path of [`/ws?ticket=${ticket}`, `/ws?ticket=${ticket}`, `/nothing?ticket=${ticket}`]) {
      const socket = new WebSocket(`ws://${server.host}${path}`, protocols);
      await new Promise((resolve) =>
        socket
          .on('open', () => socket.terminate())
          .on('error', () => undefined)
          .on('close', resolve),
      );
    }
  }
  const wrong = await make();
  for (const path of [`/ws?ticket=${wrong}`, `/${wrong}`, `/api/auth/me?x=%22${wrong}`, `/x?ticket=canary-of-no-form`])
    expect([401, 404, 426]).toContain(await get(path));
  expect(await get('/api/auth/me', { Authorization: `Bearer ${wrong}` })).toBe(401);
  const output = await server.stop();
  expect(output).toContain('/api/notifications/stream?ticket=[redacted]');
  expect(output).not.toContain('canary-of-no-form');
  for (const ticket of tickets) for (const part of ticket.split('.').slice(1)) expect(output).not.toContain(part);
}, 30_000);
