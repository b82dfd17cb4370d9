import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

test('the built page opens from the real server', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
