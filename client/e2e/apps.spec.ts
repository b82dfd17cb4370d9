import { expect } from '@playwright/test';
import { test } from './support/fixtures.ts';

test('the data of an open notification is a table, whose rest a button shows', async ({ herald, sender }) => {
  const labels = { severity: 'page', team: 'storage', zone: 'a', rack: '7', disk: 'nvme0' };
  const { id } = await sender.send({
    title: 'Disk',
    data: { host: 'db-1', html: '<b>no</b>', log: 'https://example.com/log', labels, alerts: ['DiskFull', 'Slow'] },
  });
  await herald.open(`/?open=${id}`);
  const table = herald.detail.getByRole('table', { name: 'Data' });
  await expect(table.getByRole('row', { name: 'labels.severity page' })).toBeVisible();
  await expect(table.getByRole('row', { name: 'html <b>no</b>' })).toBeVisible();
  await expect(table.getByRole('link', { name: 'https://example.com/log' })).toHaveAttribute('target', '_blank');
  await expect(table.getByRole('row')).toHaveCount(8);
  await herald.detail.getByRole('button', { name: 'Show all 10' }).click();
  await expect(table.getByRole('row').last()).toHaveAccessibleName('alerts.1 Slow');
  await expect(herald.detail.getByRole('button', { name: 'Show fewer' })).toBeFocused();
});
