import type { TicketAnswer } from '@herald/protocol';
import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { signIn } from './support/people.ts';

/** `EventSource.CLOSED`. */
const CLOSED = 2;

/** Makes a ticket in the page. */
async function ticketIn(page: Page, token: string): Promise<string> {
  const answer = await page.evaluate(async (bearer) => {
    const response = await fetch('/api/auth/tickets', {
      method: 'POST',
      headers: { Authorization: `Bearer ${bearer}` },
    });
    return (await response.json()) as TicketAnswer;
  }, token);
  return answer.ticket;
}

/** Opens an EventSource in the page. @returns the id of its first event named `event`, or the state that an error leaves */
function streamIn(page: Page, query: string, event: string): Promise<string | number> {
  return page.evaluate(
    ([address, name]) =>
      new Promise<string | number>((resolve) => {
        const source = new EventSource(address!);
        source.addEventListener(name!, ({ lastEventId }) => {
          source.close();
          resolve(lastEventId);
        });
        source.addEventListener('error', () => resolve(source.readyState));
      }),
    [`/api/notifications/stream?${query}`, event],
  );
}

test('a browser opens one EventSource or WebSocket with a ticket, and another one resumes the stream', async ({
  page,
  herald,
  server,
  sender,
}) => {
  const token = await signIn(server);
  await herald.open();
  const ticket = await ticketIn(page, token);
  const id = await streamIn(page, `ticket=${ticket}`, 'live');
  expect(id).toEqual(expect.any(String));
  // An EventSource that is closed does not come back by itself.
  expect(await streamIn(page, `ticket=${ticket}`, 'live')).toBe(CLOSED);

  await sender.send({ title: 'Missed' });
  const position = encodeURIComponent(String(id));
  const missed = `ticket=${await ticketIn(page, token)}&lastEventId=${position}`;
  expect(await streamIn(page, missed, 'notification')).toEqual(expect.any(String));

  const address = `/ws?ticket=${await ticketIn(page, token)}`;
  const first = await page.evaluate(
    (path) =>
      new Promise((resolve) => {
        const socket = new WebSocket(path);
        socket.onmessage = ({ data }) => resolve(data);
        socket.onclose = () => resolve('closed');
      }),
    address,
  );
  expect(first).toContain('"welcome"');
});
