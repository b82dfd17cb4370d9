import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { Finger, type Hand, Keyboard, Mouse } from './support/hand.ts';
import type { HeraldPage } from './support/herald-page.ts';
import { call, signIn } from './support/people.ts';
import { chosen } from './support/preferences.ts';

interface Walker {
  page: Page;
  herald: HeraldPage;
  hand: Hand;
}

const button = (within: Page | Locator, name: string | RegExp) => within.getByRole('button', { name, exact: true });
const link = (page: Page, name: string | RegExp) => page.getByRole('navigation').getByRole('link', { name });
const WAYS = [
  { way: 'mouse', hand: new Mouse(), device: { viewport: { width: 1440, height: 900 } } },
  { way: 'keyboard', hand: new Keyboard(), device: { viewport: { width: 1440, height: 900 } } },
  {
    way: 'touch',
    hand: new Finger(),
    device: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  },
] as const;

test.describe.configure({ timeout: 120_000 });

/** Opens a notification, reads it, answers it and puts it away for an hour. */
async function answerAndSnooze({ page, herald, hand }: Walker): Promise<void> {
  await hand.press(herald.row('Deploy 42?').getByRole('link'));
  await expect(herald.detail.getByRole('article')).toContainText('All checks have passed.');
  await hand.press(button(herald.detail, 'Approve'));
  await expect(herald.detail).toContainText('You chose Approve');
  await hand.press(button(herald.detail, 'Snooze'));
  await hand.press(page.getByRole('menuitem', { name: '1 hour' }));
  await expect(herald.row('Deploy 42?')).toHaveCount(0);
}

/** Finds a notification by a word, and mutes its category. */
async function findAndMute({ page, herald, hand }: Walker): Promise<void> {
  await hand.fill(page.getByRole('searchbox', { name: 'Search notifications' }), 'volumes');
  await herald.has(1);
  await hand.press(herald.row('Backup finished').getByRole('link'));
  await hand.press(button(herald.detail, 'Notification settings for backups'));
  await hand.press(page.getByRole('menuitemradio', { name: 'Muted' }));
  await expect(page.getByText('backups: Muted', { exact: true })).toBeVisible();
  await hand.press(button(herald.detail, /^(Close|Back to the list)$/));
  await expect(herald.detail).toHaveCount(0);
}

async function setQuietHours({ page, hand }: Walker): Promise<void> {
  await hand.press(link(page, 'Settings'));
  await hand.press(page.getByRole('switch', { name: 'Keep quiet at certain hours' }));
  await hand.fill(page.getByLabel('From', { exact: true }), '21:30');
  await hand.fill(page.getByLabel('To', { exact: true }), '06:45');
}

/** Writes to a topic, with a button for an answer, for the evening of the next day. */
async function plan({ page, hand }: Walker, deliverAt: string): Promise<void> {
  await hand.press(link(page, 'Compose'));
  const isOffered = page.waitForResponse((response) => response.url().endsWith('/api/recipients?q=build'));
  await hand.fill(page.getByRole('combobox', { name: 'To', exact: true }), 'build');
  // An answer that comes between the arrow key and Enter would leave no suggestion selected.
  await isOffered;
  await expect(page.getByRole('option')).toHaveText(['topic builds']);
  await hand.press(page.getByRole('option', { name: 'topic builds' }));
  await hand.fill(page.getByLabel('Title'), 'Freeze tomorrow?');
  await hand.fill(page.getByLabel('Message'), 'No merges after noon.');
  await hand.press(page.getByText('More options'));
  await hand.fill(page.getByLabel('Label 1'), 'Agree');
  await hand.fill(page.getByLabel('Address or event 1'), 'agree');
  await hand.fill(page.getByLabel('Send at'), deliverAt);
  await hand.press(button(page, 'Send'));
  await expect(page.locator('.sent')).toContainText('Scheduled “Freeze tomorrow?” to topic builds.');
}

/** Looks at the receipts of what was answered above, and takes it back, the second time for good. */
async function takeBack({ page, hand }: Walker): Promise<void> {
  await hand.press(link(page, 'Sent'));
  await expect(page.getByRole('list', { name: 'Scheduled' })).toContainText('Freeze tomorrow?');
  await hand.press(button(page, 'Receipts: Deploy 42?'));
  await expect(page.getByRole('list', { name: 'Read' })).toContainText('admin chose Approve');
  for (const isFirst of [true, false]) {
    await hand.press(button(page, 'More: Deploy 42?'));
    await hand.press(page.getByRole('menuitem', { name: 'Take back' }));
    await expect(page.getByText('Being taken back…')).toBeVisible();
    // A bar of before may still be fading.
    if (isFirst) await hand.press(button(page.locator('app-bar').filter({ hasText: 'Taking back' }), 'Undo'));
    else await hand.press(link(page, /^Inbox/));
    await expect(page.getByText('Being taken back…')).toHaveCount(0);
  }
}

for (const { way, hand, device } of WAYS) {
  test.describe(`by ${way}`, () => {
    test.use(device);

    test('a newcomer reads, answers, snoozes, finds, mutes, rests, plans, looks at receipts and takes back', async ({
      page,
      herald,
      sender,
      server,
    }) => {
      const token = await signIn(server);
      await call(server, 'PUT', 'auth/me/topics/builds', token);
      const actions = ['Approve', 'Deny'].map((label) => ({ label, event: label.toLowerCase() }));
      await sender.send({ title: 'Lunch', priority: 'low' });
      await sender.send({ title: 'Backup finished', message: 'All 48 volumes.', priority: 'low', category: 'backups' });
      await sender.send({ title: 'Deploy 42?', message: 'All checks have passed.', priority: 'low', actions });
      await herald.open();
      const walker: Walker = { page, herald, hand };

      await answerAndSnooze(walker);
      await findAndMute(walker);
      await setQuietHours(walker);
      const tomorrow = new Date(Date.now() + 86_400_000);
      const at = `${tomorrow.toISOString().slice(0, 10)}T18:30`;
      await plan(walker, at);
      await expect
        .poll(() => chosen(server))
        .toMatchObject({ categories: { backups: 'muted' }, quietHours: { from: '21:30', to: '06:45' } });
      const planned = (await (await call(server, 'GET', 'notifications/scheduled', token)).json()) as object;
      expect(planned).toMatchObject({
        items: [{ audience: ['topic:builds'], actions: [{ label: 'Agree', event: 'agree' }] }],
      });
      await takeBack(walker);
      await hand.press(link(page, 'Snoozed'));
      await expect(page.getByRole('heading', { name: 'Nothing snoozed' })).toBeVisible();
    });
  });
}
