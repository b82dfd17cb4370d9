import { expect, type Page } from '@playwright/test';
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

/** Swagger UI shows an answer once it has ended. */
function isEndless({ responses }: Operation): boolean {
  return Object.keys(responses['200']?.content ?? {}).includes('text/event-stream');
}

interface Outcome {
  status: string;
  body: string;
}

/** Runs the operation with the example that is filled in. */
async function tryOut(page: Page, { tags, operationId }: Operation): Promise<Outcome> {
  const block = page.locator(`[id="operations-${tags[0]}-${operationId}"]`);
  const summary = block.locator('.opblock-summary-control');
  await summary.click();
  await block.getByRole('button', { name: 'Execute' }).click();
  const status = block.locator('.live-responses-table .response .response-col_status');
  await expect(status, operationId).toHaveText(/\d{3}/);
  const body = block.locator('.live-responses-table .response-col_description .highlight-code code').first();
  const outcome = { status: (await status.innerText()).slice(0, 3), body: (await body.isVisible()) ? await body.innerText() : '' };
  // Closed again: each open block is drawn anew with every answer.
  await summary.click();
  return outcome;
}

// Recording every step of so large a page takes longer than the steps.
test.use({ trace: 'off' });

test.describe('the Swagger UI', () => {
  test('signs in, authorizes, and runs every operation with its own example', async ({ page, server }) => {
    test.slow();
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
    const { access_token } = JSON.parse(signedIn.body) as Record<string, string>;

    await page.getByRole('button', { name: 'Authorize' }).first().click();
    const dialog = page.locator('.modal-ux');
    await dialog.getByRole('textbox').fill(access_token!);
    await dialog.getByRole('button', { name: /apply credentials/i }).click();
    await dialog.getByRole('button', { name: 'Close' }).click();

    const outcomes: Record<string, string> = {};
    const answered = all.filter((candidate) => candidate !== login && !isEndless(candidate));
    for (const operation of answered) {
      outcomes[operation.operationId] = (await tryOut(page, operation)).status;
    }
    expect(Object.entries(outcomes).filter(([, status]) => !status.startsWith('2'))).toEqual([]);
    expect(Object.keys(outcomes)).toHaveLength(answered.length);
    expect(all.filter(isEndless).map(({ operationId }) => operationId)).toEqual(['StreamController_stream']);
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
