import { expect, type Locator, type Page } from '@playwright/test';
import { test } from './fixtures.ts';

interface Operation {
  operationId: string;
  tags: string[];
  requestBody?: unknown;
  security?: unknown[];
  responses: Record<string, { description: string; content?: unknown }>;
}

async function operations(apiUrl: string): Promise<Operation[]> {
  const response = await fetch(`${apiUrl}/docs-json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Operation>> };
  return Object.values(paths).flatMap((methods) => Object.values(methods));
}

/** Runs the operation with the example that is filled in; answers the block of its answer. */
async function tryOut(page: Page, { tags, operationId }: Operation): Promise<Locator> {
  const block = page.locator(`[id="operations-${tags[0]}-${operationId}"]`);
  await block.locator('.opblock-summary-control').click();
  await block.getByRole('button', { name: 'Execute' }).click();
  const answer = block.locator('.live-responses-table');
  await expect(answer.locator('.response-col_status').last(), operationId).toHaveText(/\d{3}/);
  return answer;
}

test.describe('the Swagger UI', () => {
  test('signs in, authorizes, and runs every operation with its own example', async ({ page, server }) => {
    const foreign: string[] = [];
    const faults: string[] = [];
    page.on('request', (request) => {
      if (/^http/.test(request.url()) && new URL(request.url()).origin !== server.apiUrl) foreign.push(request.url());
    });
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });

    await page.goto(`${server.apiUrl}/docs`);
    const all = await operations(server.apiUrl);
    const login = all.find(({ operationId }) => operationId.endsWith('_login'))!;
    const signedIn = await tryOut(page, login);
    const { access_token } = JSON.parse(await signedIn.locator('.highlight-code code').first().innerText()) as Record<string, string>;

    await page.getByRole('button', { name: 'Authorize' }).first().click();
    const dialog = page.locator('.modal-ux');
    await dialog.getByRole('textbox').fill(access_token!);
    await dialog.getByRole('button', { name: /apply credentials/i }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();

    const outcomes: Record<string, string> = {};
    for (const operation of all.filter((candidate) => candidate !== login)) {
      const answer = await tryOut(page, operation);
      outcomes[operation.operationId] = (await answer.locator('.response-col_status').last().innerText()).slice(0, 3);
    }
    expect(Object.entries(outcomes).filter(([, status]) => !status.startsWith('2'))).toEqual([]);
    expect(Object.keys(outcomes)).toHaveLength(all.length - 1);
    expect(foreign).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('says of each operation what it answers, errors too', async ({ server }) => {
    for (const { operationId, requestBody, security, responses } of await operations(server.apiUrl)) {
      const statuses = Object.keys(responses);
      expect(statuses.some((status) => status.startsWith('2')), operationId).toBe(true);
      if (security !== undefined) expect(statuses, operationId).toContain('401');
      if (requestBody !== undefined) expect(statuses, operationId).toEqual(expect.arrayContaining(['400', '413']));
      for (const [status, { description, content }] of Object.entries(responses)) {
        if (Number(status) < 400) continue;
        expect(description, `${operationId} ${status}`).toMatch(/\S/);
        expect(content, `${operationId} ${status}`).toBeDefined();
      }
    }
  });

  test('explains the WebSocket, and leads to the whole protocol', async ({ page, server }) => {
    await page.goto(`${server.pageUrl}/docs`);
    await expect(page.getByRole('heading', { name: 'WebSocket' })).toBeVisible();
    const link = page.getByRole('link', { name: 'The whole protocol' });
    await page.goto(new URL((await link.getAttribute('href'))!, page.url()).href);
    await expect(page.getByText("Herald's wire protocol, version 1")).toBeVisible();
    await expect(page.getByText('"event":"hello"').first()).toBeVisible();
  });
});
