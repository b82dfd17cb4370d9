import { expect, type Page } from '@playwright/test';
import type { CuttingProxy } from './support/cutting-proxy.ts';
import { test } from './support/fixtures.ts';
import type { HeraldServer } from './support/herald-server.ts';
import { call, signIn } from './support/people.ts';

const SEND = 'POST /api/notifications/send';
const UNKNOWN = 'This may or may not have been sent';

async function compose(page: Page, title: string): Promise<void> {
  await page.getByLabel('Title').fill(title);
  await page.getByLabel('Message').fill('At ten.');
}

/** Notifications to everyone, newest first. */
async function stored(server: HeraldServer): Promise<string[]> {
  const answer = await call(server, 'GET', 'notifications', await signIn(server));
  return ((await answer.json()) as { items: { title: string }[] }).items.map(({ title }) => title);
}

const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true });
const problem = (page: Page) => page.locator('.problem').filter({ hasText: UNKNOWN });

/** Sends a notification whose answer gets lost. */
async function sendCutOff(page: Page, network: CuttingProxy, title: string): Promise<void> {
  await compose(page, title);
  network.loseAnswersTo(SEND);
  await send(page).click();
  await expect(problem(page)).toBeVisible();
  network.mend();
}

test('a send cut off before its response is reported as unknown, and a retry does not send it twice', async ({
  page,
  herald,
  server,
  network,
}) => {
  await herald.openCompose(network.pageUrl);
  await sendCutOff(page, network, 'Standup');
  await expect.poll(() => stored(server)).toEqual(['Standup']);
  await send(page).click();
  await expect(page.locator('.sent')).toContainText('Sent “Standup”');
  await expect(problem(page)).toHaveCount(0);
  expect(await stored(server)).toEqual(['Standup']);

  await compose(page, 'Standup');
  await send(page).click();
  await expect(page.locator('.sent')).toContainText('Sent “Standup”');
  // The page may still show the line about the first one.
  await expect.poll(() => stored(server)).toEqual(['Standup', 'Standup']);
});

test('a draft whose send was cut off is sent once, also by the page that is loaded next', async ({
  page,
  herald,
  server,
  network,
}) => {
  await herald.openCompose(network.pageUrl);
  await sendCutOff(page, network, 'Standup');
  await expect.poll(() => stored(server)).toEqual(['Standup']);
  await page.reload();
  await expect(page.getByRole('main').getByText('Draft restored')).toBeVisible();
  await herald.isAddressed();
  await send(page).click();
  await expect(page.locator('.sent')).toContainText('Sent “Standup”');
  expect(await stored(server)).toEqual(['Standup']);
});

test('a draft changed after a cut-off send is sent as a new notification', async ({
  page,
  herald,
  server,
  network,
}) => {
  await herald.openCompose(network.pageUrl);
  await sendCutOff(page, network, 'Standup');
  await compose(page, 'Standup at ten');
  await send(page).click();
  await expect(page.locator('.sent')).toContainText('Sent “Standup at ten”');
  expect(await stored(server)).toEqual(['Standup at ten', 'Standup']);
});

test('a test notification cut off before its response is sent once', async ({ page, herald, server, network }) => {
  await herald.open(`${network.pageUrl}/settings`);
  network.loseAnswersTo(SEND);
  await herald.sendTest();
  await expect(problem(page)).toBeVisible();
  network.mend();
  await herald.sendTest();
  await expect(problem(page)).toHaveCount(0);
  expect(await stored(server)).toEqual(['Test notification']);
});

test('a double click sends once, whether the response arrives between the clicks or after them', async ({
  page,
  herald,
  server,
}) => {
  await herald.openCompose();
  await compose(page, 'Quick');
  await send(page).dblclick();
  await expect(page.locator('.sent')).toContainText('Sent “Quick”');
  await expect(page.locator('mat-error')).toHaveCount(0);

  let answer: () => void = () => undefined;
  const clicked = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/api/notifications/send', async (route) => {
    await clicked;
    await route.continue();
  });
  await compose(page, 'Slow');
  await send(page).dblclick();
  answer();
  await expect(page.locator('.sent')).toContainText('Sent “Slow”');
  expect(await stored(server)).toEqual(['Slow', 'Quick']);

  await herald.open('/settings');
  await page.getByRole('button', { name: 'Send test notification' }).dblclick();
  await expect(herald.toast('Test notification')).toBeVisible();
  expect(await stored(server)).toEqual(['Test notification', 'Slow', 'Quick']);
});
