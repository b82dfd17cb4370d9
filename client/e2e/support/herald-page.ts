import { expect, type Locator, type Page } from '@playwright/test';

/** Page object: locators and actions of Herald's page. */
export class HeraldPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Text of the connection status. */
  get status(): Locator {
    return this.page.locator('app-connection-line .words');
  }

  get list(): Locator {
    return this.page
      .locator('app-notification-list')
      .getByRole('list', { name: /^(Notifications|Benachrichtigungen)$/ });
  }

  /** Rendered rows of the virtual list: the visible ones and a few more. */
  get rows(): Locator {
    return this.list.getByRole('listitem').filter({ has: this.page.locator('app-notification-row') });
  }

  /** The open notification, beside the list or over it. */
  get detail(): Locator {
    return this.page.locator('app-notification-detail');
  }

  /** Waits until the list has this many items, rendered or not. */
  async has(count: number): Promise<void> {
    if (count === 0) await expect(this.rows).toHaveCount(0);
    else await expect(this.rows.first()).toHaveAttribute('aria-setsize', String(count));
  }

  get toasts(): Locator {
    return this.page.locator('app-toast');
  }

  toast(text: string): Locator {
    return this.toasts.filter({ hasText: text });
  }

  row(title: string): Locator {
    return this.rows.filter({ has: this.page.getByRole('heading', { name: title }) });
  }

  /** Scrolls the list; to its end as long as older pages keep loading. */
  async scrollTo(where: 'start' | 'end'): Promise<void> {
    await expect(async () => {
      await this.list.evaluate((list, top) => (list.scrollTop = top), where === 'start' ? 0 : 1e9);
      if (where === 'end') await expect(this.rows.first()).not.toHaveAttribute('aria-setsize', '-1', { timeout: 100 });
    }).toPass({ timeout: 15_000 });
    await this.list.evaluate((list, top) => (list.scrollTop = top), where === 'start' ? 0 : 1e9);
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.isLive();
  }

  /** Opens the form, which can be sent once the server has said that the account may address everyone. */
  async openCompose(origin = ''): Promise<void> {
    await this.open(`${origin}/compose`);
    await this.isAddressed();
  }

  async isAddressed(): Promise<void> {
    await expect(this.page.getByRole('row', { name: 'everyone' })).toBeVisible();
  }

  async isLive(): Promise<void> {
    await expect(this.status).toHaveText('Live', { timeout: 15_000 });
  }

  /** Ends the pause before the next attempt to connect, as a browser does that comes back online. */
  async connectNow(): Promise<void> {
    await this.page.evaluate(() => window.dispatchEvent(new Event('online')));
  }

  /** In an empty inbox, or in the settings. */
  async sendTest(): Promise<void> {
    await this.page.getByRole('button', { name: 'Send test notification' }).click();
  }

  /** Picks from the open menu, and waits until it is gone: while it closes, it still takes the keys. */
  async pick(item: string): Promise<void> {
    await this.page.getByRole('menuitem', { name: item }).click();
    await expect(this.page.getByRole('menu')).toHaveCount(0);
  }

  /** Closes the dialog, and waits until its entry of the history is behind the page. */
  async closeDialog(): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => this.page.evaluate(() => navigation.canGoForward)).toBe(true);
  }

  /** Opens a page by the account menu. */
  async visit(page: 'Apps' | 'People' | 'Settings'): Promise<void> {
    await this.page.getByRole('button', { name: /^Account/ }).click();
    await this.pick(page);
  }

  /** Chooses from the menu of a row, such as one of those that are sent. */
  async choose(item: string, title: string): Promise<void> {
    await this.page.getByRole('button', { name: `More: ${title}` }).click();
    await this.pick(item);
  }

  async signIn(username = 'admin', password = 'password'): Promise<void> {
    await this.page.getByLabel('Username').fill(username);
    await this.page.getByLabel('Password').fill(password);
    await this.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: /^Account/ }).click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
  }

  /** Rendered titles, newest first. */
  titles(): Promise<string[]> {
    return this.rows
      .locator('h3 a')
      .evaluateAll((links) => links.map((link) => link.lastChild?.textContent?.trim() ?? ''));
  }
}
