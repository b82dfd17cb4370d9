import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test('the server’s reasons appear at their fields and disappear as the fields are corrected', async ({
  page,
  herald,
}) => {
  await herald.openCompose();
  await page.getByLabel('Category').fill('two words');
  await page.getByLabel('Title').fill('x'.repeat(201));
  await page.getByRole('button', { name: 'Send', exact: true }).click();

  await expect(page.locator('.problem').filter({ hasText: 'Not sent yet' })).toBeVisible();
  const reasonAt = (field: string) =>
    page
      .locator('mat-form-field')
      .filter({ has: page.getByLabel(field) })
      .locator('mat-error');
  await expect(reasonAt('Title')).toHaveText('At most 200 characters, please.');
  await expect(reasonAt('Message')).toHaveText('This can’t be blank.');
  await expect(reasonAt('Category')).toContainText('One word, please');
  await expect(page.getByLabel('Title')).toHaveAttribute('aria-invalid', 'true');

  await page.getByLabel('Title').fill('Backup finished');
  await expect(reasonAt('Title')).toHaveCount(0);
  await page.getByLabel('Message').fill('All 48 volumes, in 12 minutes.');
  await page.getByLabel('Category').fill('backup');
  await page.getByRole('combobox', { name: 'Priority' }).click();
  await page.getByRole('option', { name: 'high' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();

  await expect(page.locator('.sent').filter({ hasText: 'Sent “Backup finished”' })).toBeVisible();
  await expect(herald.toast('Backup finished')).toContainText('high · backup');
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await expect(herald.row('Backup finished')).toBeVisible();
});

test('on a phone a refusal scrolls to its field, and the message of a failure is in view', async ({
  page,
  herald,
  server,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  await herald.openCompose();
  await page.getByLabel('Category').fill('two words');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByLabel('Title')).toBeFocused();
  await expect(page.getByLabel('Title')).toBeInViewport();
  await page.getByLabel('Title').fill('One');
  await page.getByLabel('Message').fill('Two');
  await page.getByRole('button', { name: 'Remove everyone' }).click();
  await page.getByRole('combobox', { name: 'To' }).fill('user:nobody ');
  await page.getByLabel('Category').fill('news');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'To' })).toBeFocused();
  // The field's list would cover the reason.
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await expect(page.locator('mat-error')).toBeInViewport();

  await page.getByRole('button', { name: 'Remove nobody' }).click();
  await page.getByRole('combobox', { name: 'To' }).fill('admin ');
  await server.kill();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('.problem').filter({ hasText: 'may or may not have been sent' })).toBeInViewport({
    ratio: 1,
  });
});

test('markup in a title or message appears as text', async ({ page, herald, sender }) => {
  await herald.open();
  const title = '<img src=x onerror="document.title=1"> <b>bold</b>';
  await sender.send({ title, message: '<script>document.title = 2</script>' });
  await expect(herald.row(title)).toContainText('<script>document.title = 2</script>');
  await expect(herald.toast(title)).toBeVisible();
  await expect(page).toHaveTitle('(1) Inbox · Herald');
});

test('a draft that can’t be sent stays in the form with the reason', async ({ page, herald, server }) => {
  await herald.openCompose();
  await page.getByLabel('Title').fill('Typed with care');
  await page.getByLabel('Message').fill('A long text');
  await server.kill();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('.problem').filter({ hasText: 'may or may not have been sent' })).toBeVisible();
  await expect(page.getByLabel('Title')).toHaveValue('Typed with care');
});

test('the server checks the audience, and a recipient in several of its channels sees one toast', async ({
  page,
  herald,
  sender,
}) => {
  await herald.openCompose();
  await page.getByRole('button', { name: 'Remove everyone' }).click();
  const to = page.getByRole('combobox', { name: 'To' });
  await to.fill('user:nobody, role:admin');
  await page.getByLabel('Title').fill('For the few');
  await page.getByLabel('Message').fill('Not for everyone.');
  await page.getByRole('combobox', { name: 'Priority' }).click();
  await page.getByRole('option', { name: 'high' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('mat-error')).toHaveText('There is no user nobody.');

  await expect(to).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Remove nobody' }).click();
  await expect(page.locator('mat-error')).toHaveCount(0);
  await to.fill('@admin');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.locator('.sent').filter({ hasText: 'to role admin, admin' })).toBeVisible();
  await sender.send({ title: 'Sent after it', priority: 'high' });
  await expect(herald.toast('Sent after it')).toBeVisible();
  // Both stay until dismissed, and a duplicate would have appeared before the second one.
  expect(await herald.toast('For the few').count()).toBe(1);
  await page.getByRole('link', { name: 'Back to the inbox' }).click();
  await expect(herald.row('For the few')).toHaveCount(1);
  await expect(herald.row('For the few')).toContainText('to role admin, you');
});
