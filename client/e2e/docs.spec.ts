import { expect, type Page } from '@playwright/test';
import { test } from './support/fixtures.ts';

interface Operation {
  operationId: string;
  tags: string[];
  requestBody?: { content: Record<string, { examples?: Record<string, unknown> }> };
  security?: unknown[];
  responses: Record<string, { description: string; content?: unknown }>;
}

async function operations(apiUrl: string): Promise<Operation[]> {
  const response = await fetch(`${apiUrl}/docs-json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Operation>> };
  return Object.values(paths).flatMap((methods) => Object.values(methods));
}

/** Swagger UI shows a response only once it has ended. */
function isEndless({ responses }: Operation): boolean {
  return Object.keys(responses['200']?.content ?? {}).includes('text/event-stream');
}

interface Outcome {
  run: string;
  status: string;
  body: string;
}

/** Executes the operation with its pre-filled values, once per example if there are several, the first example last. */
async function tryOut(page: Page, operation: Operation): Promise<Outcome[]> {
  const { operationId } = operation;
  const block = page.locator(`[id="${idOf(operation)}"]`);
  const summary = block.locator('.opblock-summary-control');
  await summary.click();
  const execute = block.getByRole('button', { name: 'Execute' });
  await expect(execute).toBeVisible();
  const choice = block.locator('.opblock-section-request-body .examples-select select');
  // Read from the document, since Swagger UI renders the select a while after the button.
  const examples = Object.keys(operation.requestBody?.content['application/json']?.examples ?? {});
  const outcomes: Outcome[] = [];
  for (const example of examples.length > 0 ? examples.reverse() : [undefined]) {
    if (example !== undefined) await choice.selectOption(example);
    if (outcomes.length > 0) await block.getByRole('button', { name: 'Clear' }).click();
    await execute.click();
    const status = block.locator('.live-responses-table .response .response-col_status');
    await expect(status, operationId).toHaveText(/\d{3}/);
    const body = block.locator('.live-responses-table .response-col_description .highlight-code code').first();
    const run = example === undefined ? operationId : `${operationId}: ${example}`;
    outcomes.push({
      run,
      status: (await status.innerText()).slice(0, 3),
      body: (await body.isVisible()) ? await body.innerText() : '',
    });
  }
  // Collapsed again, since every response rerenders each open block.
  await summary.click();
  return outcomes;
}

/** Operations in the order of the page. */
async function fromTopToBottom(page: Page, operations: Operation[]): Promise<Operation[]> {
  await expect(page.locator('.opblock')).toHaveCount(operations.length);
  const ids = await page.locator('.opblock').evaluateAll((blocks) => blocks.map(({ id }) => id));
  return operations.toSorted((one, other) => ids.indexOf(idOf(one)) - ids.indexOf(idOf(other)));
}

function idOf({ tags, operationId }: Operation): string {
  return `operations-${tags[0]}-${operationId}`;
}

/** No example can name a connection that is open: its id is new each time. */
const ONE_CONNECTION = 'getConnection';

test.describe('the Swagger UI', () => {
  test('signs in, authorizes, and runs every operation from top to bottom with its own examples', async ({
    page,
    server,
  }) => {
    // About thirty responses, each of which rerenders the page.
    test.setTimeout(180_000);
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
    const all = await fromTopToBottom(page, await operations(server.apiUrl));
    const login = all.find(({ operationId }) => operationId === 'signIn')!;
    const [signedIn] = await tryOut(page, login);
    const { access_token } = JSON.parse(signedIn!.body) as Record<string, string>;

    await page.getByRole('button', { name: 'Authorize' }).first().click();
    const dialog = page.locator('.modal-ux');
    const token = dialog.locator('.auth-container').filter({ has: page.getByLabel('auth-bearer-value') });
    await token.getByRole('textbox').fill(access_token!);
    await token.getByRole('button', { name: /apply credentials/i }).click();
    // One for each way to authorize.
    await dialog.getByRole('button', { name: 'Close' }).first().click();

    const outcomes: Outcome[] = [];
    const answered = all.filter(
      (candidate) => candidate !== login && !isEndless(candidate) && candidate.operationId !== ONE_CONNECTION,
    );
    for (const operation of answered) outcomes.push(...(await tryOut(page, operation)));
    expect(outcomes.filter(({ status }) => !status.startsWith('2'))).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(answered.length);
    expect(all.map(({ operationId }) => operationId)).toContain(ONE_CONNECTION);
    expect(all.filter(isEndless).map(({ operationId }) => operationId)).toEqual(['streamNotifications']);
    expect(foreign).toEqual([]);
    expect(faults).toEqual([]);
  });

  test('describes every response of each operation, errors included', async ({ server }) => {
    for (const { operationId, requestBody, security, responses } of await operations(server.apiUrl)) {
      const statuses = Object.keys(responses);
      expect(
        statuses.some((status) => status.startsWith('2')),
        operationId,
      ).toBe(true);
      if (security?.length !== 0) expect(statuses, operationId).toContain('401');
      if (requestBody !== undefined) expect(statuses, operationId).toEqual(expect.arrayContaining(['400', '413']));
      for (const [status, { description, content }] of Object.entries(responses)) {
        if (Number(status) < 400) continue;
        expect(description, `${operationId} ${status}`).toMatch(/\S/);
        expect(content, `${operationId} ${status}`).toBeDefined();
      }
    }
  });

  test('explains the WebSocket and links to the full protocol', async ({ page, server }) => {
    await page.goto(`${server.pageUrl}/docs`);
    await expect(page.getByRole('heading', { name: 'WebSocket' })).toBeVisible();
    const link = page.getByRole('link', { name: 'The whole protocol' });
    await page.goto(new URL((await link.getAttribute('href'))!, page.url()).href);
    await expect(page.getByText("Herald's wire protocol, version 1")).toBeVisible();
    await expect(page.getByText('"event":"hello"').first()).toBeVisible();
  });
});
