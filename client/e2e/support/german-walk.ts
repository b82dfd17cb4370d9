import { expect, type Page } from '@playwright/test';
import type { HeraldPage } from './herald-page.ts';
import type { HeraldServer } from './herald-server.ts';
import type { Sender } from './sender.ts';

interface Walker {
  page: Page;
  herald: HeraldPage;
  server: HeraldServer;
  sender: Sender;
}

/** Called at each stop while its page or dialog is open. */
type Look = (where: string) => Promise<void>;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

export async function isLiveInGerman(page: Page): Promise<void> {
  await expect(page.locator('app-connection-line .words')).toHaveText('Verbunden', { timeout: 15_000 });
}

/** Visits every page and dialog in German as an administrator. The sent texts share no words with the page. */
export async function walkInGerman({ page, herald, server, sender }: Walker, look: Look): Promise<void> {
  await page.goto('/');
  await isLiveInGerman(page);
  await look('empty inbox');
  await inbox(page, herald, sender, look);
  await compose(page, look);
  await apps(page, look);
  await others(page, look);
  await server.kill();
  await expect(page.locator('app-connection-line').getByRole('button')).toBeVisible();
  await look('without a server');
}

async function inbox(page: Page, herald: HeraldPage, sender: Sender, look: Look): Promise<void> {
  await sender.send({
    title: 'Köln',
    message: 'Domstr. 4',
    priority: 'high',
    category: 'a',
    url: 'https://example.com/',
    requiresAck: true,
    tags: ['rocket'],
  });
  await sender.send({ title: 'Bonn', message: '12', priority: 'medium', category: 'b', audience: ['user:admin'] });
  await sender.sendMany(12, { message: '12', priority: 'low', category: 'c' });
  await expect(herald.row('Bonn')).toContainText('an dich');
  await expect(herald.toasts).toHaveCount(3);
  await look('inbox with toasts');
  await page.getByRole('button', { name: /^12 aus c/ }).click();
  await herald.row('Bonn').getByRole('checkbox').click();
  await button(page, 'Filter').click();
  await expect(page.getByLabel('Thema')).toBeVisible();
  await look('selection, filters and an open flood');
  await button(page, 'Auswahl aufheben').click();
  await button(page, 'Filter').click();
  await page.getByRole('button', { name: /^Konto/ }).click();
  await look('account menu');
  await page.keyboard.press('Escape');
  await herald.row('Bonn').getByRole('link').click();
  await expect(herald.detail.getByRole('article')).toBeVisible();
  await look('notification');
  await herald.detail.getByRole('button', { name: 'Zurückstellen' }).click();
  await look('times to snooze');
  await page.getByRole('menuitem', { name: 'Anderer Zeitpunkt …' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('dialog').getByLabel('Zeitpunkt').fill('2020-01-31T08:00');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog').locator('mat-error')).toBeVisible();
  await look('a time to snooze until, refused');
  await page.keyboard.press('Escape');
  await herald.detail.getByRole('button', { name: 'Zurückstellen' }).click();
  await page.getByRole('menuitem', { name: '1 Stunde' }).click();
  await expect(page.getByRole('button', { name: 'Rückgängig' })).toBeVisible();
  await look('snoozed');
  await page.goto('/snoozed');
  await expect(herald.row('Bonn')).toBeVisible();
  await look('snoozed notifications');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('keys');
  await page.keyboard.press('Escape');
  await button(page, 'Gespeicherte Filter').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('saved filters');
  await page.goto('/archived');
  await isLiveInGerman(page);
  await look('empty archive');
  await page.goto('/?q=nix&priority=low&after=2026-01-31');
  await expect(page.getByRole('heading', { name: 'Nichts gefunden' })).toBeVisible();
  await look('nothing found');
}

async function compose(page: Page, look: Look): Promise<void> {
  await page.goto('/compose');
  await page.getByText('Weitere Optionen').click();
  await page.getByLabel('Link').fill('x');
  await page.getByLabel('Kategorie').fill('a b');
  await button(page, 'Senden').click();
  await expect(page.getByText('Hier fehlt etwas.').first()).toBeVisible();
  await look('compose with errors');
  await page.getByLabel('Link').fill('');
  await page.getByLabel('Titel').fill('Ulm');
  await page.getByLabel('Nachricht').fill('12');
  await page.getByLabel('Kategorie').fill('a');
  await button(page, 'Senden').click();
  await expect(page.getByText('„Ulm“ an alle gesendet.').first()).toBeVisible();
  await page.goto('/sent');
  await page.getByRole('button', { name: 'Rückmeldungen: Ulm' }).click();
  await expect(page.getByText(/\d von 1 gelesen/).first()).toBeVisible();
  await look('sent, with receipts');
  await page.getByRole('button', { name: 'Mehr: Ulm' }).click();
  await look('menu of a sent notification');
  await page.getByRole('menuitem', { name: 'Zurückziehen' }).click();
  await expect(page.getByText('Wird zurückgezogen …')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rückgängig' })).toBeVisible();
  await look('a notification that is being taken back');
}

async function apps(page: Page, look: Look): Promise<void> {
  const dialog = page.getByRole('dialog');
  await page.goto('/apps');
  await isLiveInGerman(page);
  await expect(page.getByRole('heading', { name: 'Noch keine Apps' })).toBeVisible();
  await look('no apps');
  await button(page, 'Neue App').click();
  await expect(dialog.getByLabel('Name')).toBeFocused();
  await dialog.getByText('Weitere Optionen').click();
  await button(page, 'Anlegen').click();
  await expect(dialog.locator('mat-error').first()).toBeVisible();
  await look('a new app, with errors');
  await dialog.getByLabel('Name').fill('trier');
  await button(page, 'Anlegen').click();
  await expect(dialog).toHaveAccessibleName('Schlüssel von trier');
  await look('a key, with a line for curl');
  for (const program of ['Apprise', 'ntfy', 'Alertmanager', 'GitHub', 'Slack']) {
    await button(page, program).click();
    await look(`a line for ${program}`);
  }
  await button(page, 'Auf die erste Nachricht warten').click();
  await look('waiting for the first message');
  await button(page, 'Fertig').click();
  await page.getByRole('button', { name: 'Mehr: trier' }).click();
  await look('menu of an app');
  await page.getByRole('menuitem', { name: 'Neuer Schlüssel …' }).click();
  await expect(dialog).toBeVisible();
  await look('a key to be changed');
  await button(page, 'Abbrechen').click();
  await expect(dialog).toHaveCount(0);
  await page.getByRole('button', { name: 'Mehr: trier' }).click();
  await page.getByRole('menuitem', { name: 'Entfernen …' }).click();
  await expect(dialog).toBeVisible();
  await look('an app to be removed');
  await page.keyboard.press('Escape');
}

async function others(page: Page, look: Look): Promise<void> {
  await page.goto('/settings');
  await page.getByRole('switch', { name: 'Kurzen Ton abspielen' }).click();
  await page.getByRole('switch', { name: 'Zu bestimmten Zeiten still sein' }).click();
  await expect(page.getByLabel('Zeitzone')).toBeVisible();
  await look('settings');
  await page.goto('/people');
  await button(page, 'Person hinzufügen').click();
  await button(page, 'Speichern').click();
  await expect(page.getByRole('dialog').locator('mat-error').first()).toBeVisible();
  await look('a person, with errors');
  await page.getByLabel('Benutzername').fill('eva');
  await page.getByLabel('Passwort').fill('correct horse');
  await button(page, 'Speichern').click();
  await page.getByRole('button', { name: 'Mehr: eva' }).click();
  await look('menu of a person');
  await page.getByRole('menuitem', { name: 'Entfernen …' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('a person to be removed');
  await button(page, 'Abbrechen').click();
  await page.getByRole('button', { name: 'Ändern: eva' }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look('a person to be changed');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Konto/ }).click();
  await page.getByRole('menuitem', { name: 'Abmelden' }).click();
  await page.getByLabel('Benutzername').fill('admin');
  await page.getByLabel('Passwort').fill('wrong');
  await button(page, 'Anmelden').click();
  await expect(page.getByText('Der Benutzername oder das Passwort ist falsch.').first()).toBeVisible();
  await look('sign-in refused');
  await page.getByLabel('Passwort').fill('password');
  await button(page, 'Anmelden').click();
  await isLiveInGerman(page);
}
