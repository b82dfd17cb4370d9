import type { AppWithKey } from '@herald/protocol';
import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';
import { expectNoFault } from './support/looks.ts';
import { call, signIn } from './support/people.ts';

const PAYLOAD = { build: { id: 5, branch: 'größe' }, result: 'failed', logs: ['one', 'two'] };

const preview = (page: Page) => page.getByRole('region', { name: 'Preview' });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const example = (page: Page) => page.getByRole('textbox', { name: 'Example payload, as JSON' });

/** Types a template of the payload above. */
async function fill(page: Page): Promise<void> {
  await field(page, 'Name').fill('ci');
  await field(page, 'Title').fill('{{build.branch}} {{result}}');
  await field(page, 'Message').fill('{{#logs}}\n- {{.}}\n{{/logs}}');
  await field(page, 'Priority').fill('{{result}}');
  await field(page, 'Key').fill('build/{{build.id}}');
  await example(page).fill(JSON.stringify(PAYLOAD));
}

test('a template is made against an example, and its webhook arrives as the preview shows it', async ({
  page,
  herald,
  server,
}) => {
  const added = await call(server, 'POST', 'apps', await signIn(server), { name: 'builds', audience: ['everyone'] });
  const { key } = (await added.json()) as AppWithKey;
  await herald.open('/apps');
  await herald.choose('Templates', 'builds');
  await expect(page.getByRole('heading', { name: 'Templates of builds' })).toBeVisible();
  await expectNoFault(page, 'no templates');
  await page.getByRole('link', { name: 'New template' }).click();
  await expect(preview(page)).toContainText('nightly: failed');
  await fill(page);
  await expect(preview(page)).toContainText('größe failed');
  await expect(preview(page)).toContainText('- one - two');
  await expect(preview(page)).toContainText('Replaces the earlier notification with the key build/5');
  await expectNoFault(page, 'a template');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('list', { name: 'Templates' })).toContainText(
    `${server.pageUrl.replace(/\/$/, '')}/hooks/KEY/ci`,
  );
  await page.getByRole('button', { name: 'Copy: Webhook address of ci' }).click();
  await expect(page.getByRole('list', { name: 'Templates' })).toContainText('Copied');
  await expectNoFault(page, 'a list of templates');
  const answer = await fetch(`${server.apiUrl}/hooks/${key}/ci`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(PAYLOAD),
  });
  expect(answer.status).toBe(200);
  await herald.open();
  await herald.row('größe failed').click();
  await expect(herald.detail).toContainText('- one - two');
});

test('a fault stands at its field until it is mended, and there is no preview meanwhile', async ({
  page,
  herald,
  server,
}) => {
  await call(server, 'POST', 'apps', await signIn(server), { name: 'builds', audience: ['everyone'] });
  await herald.open('/apps/1/new-template');
  await fill(page);
  await field(page, 'Message').fill('{{#logs}} {{.}}');
  await expect(field(page, 'Message')).toHaveAccessibleDescription(
    /The section logs at character 1 needs {{\/logs}} at its end/,
  );
  await expect(preview(page)).toContainText('appears here once');
  await field(page, 'Message').fill('{{#logs}} {{.}}');
  await expect(field(page, 'Message')).toHaveAccessibleDescription(/The section logs/);
  await expectNoFault(page, 'a template with a fault');
  await example(page).fill('{\n"a": 1,\n}');
  await expect(example(page)).toHaveAccessibleDescription(/Look at line 3/);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Message')).toBeFocused();
  await example(page).fill('{"logs": []}');
  await field(page, 'Message').fill('Done');
  await expect(preview(page)).toContainText('Done');
  await field(page, 'Name').fill('github');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/Herald has a template of this name/);
  await expect(field(page, 'Name')).toBeFocused();
});

test('a template is changed and removed by the keyboard', async ({ page, herald, server }) => {
  const token = await signIn(server);
  await call(server, 'POST', 'apps', token, { name: 'builds', audience: ['everyone'] });
  await call(server, 'PUT', 'apps/1/templates/ci', token, { title: 'a', message: 'b', example: PAYLOAD });
  await herald.open('/apps/1/templates');
  await page.getByRole('link', { name: 'Change: ci' }).press('Enter');
  await expect(field(page, 'Title')).toHaveValue('a');
  await field(page, 'Title').fill('{{result}} again');
  await field(page, 'Title').press('Enter');
  await expect(page.getByRole('list', { name: 'Templates' })).toContainText('{{result}} again');
  await page.getByRole('button', { name: 'Remove: ci' }).press('Enter');
  await page.getByRole('dialog', { name: 'Remove ci?' }).getByRole('button', { name: 'Remove' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'No templates yet' })).toBeVisible();
});

test('a preview leaves the refusal of a name alone, and says what it had to cut', async ({ page, herald, server }) => {
  await call(server, 'POST', 'apps', await signIn(server), { name: 'builds', audience: ['everyone'] });
  await herald.open('/apps/1/new-template');
  await fill(page);
  await field(page, 'Name').fill('github');
  await expect(preview(page)).toContainText('größe failed');
  let answer: () => void = () => undefined;
  const isSaved = new Promise<void>((resolve) => (answer = resolve));
  await page.route('**/templates/preview', async (route) => {
    await isSaved;
    await route.continue();
  });
  const previews = page.waitForRequest('**/templates/preview');
  await field(page, 'Title').fill('x'.repeat(300));
  await previews;
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/Herald has a template of this name/);
  answer();
  await expect(preview(page)).toContainText('Cut off by a limit: Title');
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/Herald has a template of this name/);
});

test('a template that does not load can be loaded again', async ({ page, server }) => {
  const token = await signIn(server);
  await call(server, 'POST', 'apps', token, { name: 'builds', audience: ['everyone'] });
  await call(server, 'PUT', 'apps/1/templates/ci', token, { title: 'a', message: 'b', example: PAYLOAD });
  await page.route('**/api/apps/1/templates/ci', (route) => route.abort());
  await page.goto('/apps/1/templates/ci');
  const again = page.getByRole('button', { name: 'Try again' });
  await expect(again).toBeVisible();
  let answer: () => void = () => undefined;
  const isSeen = new Promise<void>((resolve) => (answer = resolve));
  await page.unroute('**/api/apps/1/templates/ci');
  await page.route('**/api/apps/1/templates/ci', async (route) => {
    await isSeen;
    await route.continue();
  });
  await again.click();
  await expect(page.getByRole('main').getByText('Loading…')).toBeVisible();
  answer();
  await expect(field(page, 'Title')).toHaveValue('a');
  await expect(page.getByRole('main').getByText('can’t be reached')).toHaveCount(0);
});

test('a new template replaces none of its name', async ({ page, herald, server }) => {
  const token = await signIn(server);
  await call(server, 'POST', 'apps', token, { name: 'builds', audience: ['everyone'] });
  await call(server, 'PUT', 'apps/1/templates/ci', token, { title: 'a', message: 'b', example: PAYLOAD });
  await herald.open('/apps/1/new-template');
  await fill(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(field(page, 'Name')).toHaveAccessibleDescription(/This app has a template of this name/);
  await expect(field(page, 'Name')).toBeFocused();
  await field(page, 'Name').fill('ci-2');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('list', { name: 'Templates' }).getByRole('listitem')).toHaveCount(2);
});

test('a change of somebody else is replaced only by saving again, and shown by discarding', async ({
  page,
  herald,
  server,
}) => {
  const token = await signIn(server);
  const put = (title: string) =>
    call(server, 'PUT', 'apps/1/templates/ci', token, { title, message: 'b', example: PAYLOAD });
  const save = page.getByRole('button', { name: 'Save' });
  const refused = page.getByRole('main').getByText('This template was changed meanwhile');
  const list = page.getByRole('list', { name: 'Templates' });
  await call(server, 'POST', 'apps', token, { name: 'builds', audience: ['everyone'] });
  await put('a');
  await herald.open('/apps/1/templates/ci');
  await field(page, 'Title').fill('Mine');
  await put('Theirs');
  await save.click();
  await expect(refused).toBeInViewport();
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(field(page, 'Title')).toHaveValue('Theirs');
  await field(page, 'Title').fill('Mine');
  await put('Theirs again');
  // As a draft that is restored later.
  await page.reload();
  await expect(field(page, 'Title')).toHaveValue('Mine');
  await save.click();
  await expect(refused).toBeVisible();
  await save.click();
  await expect(list).toContainText('Mine');
  await page.getByRole('link', { name: 'Change: ci' }).click();
  await expect(page.getByRole('main').getByText('Draft restored')).toHaveCount(0);
  await field(page, 'Title').fill('Last');
  await call(server, 'DELETE', 'apps/1/templates/ci', token);
  await save.click();
  await expect(page.getByRole('main').getByText('This template was removed meanwhile')).toBeVisible();
  await save.click();
  await expect(list).toContainText('Last');
});
