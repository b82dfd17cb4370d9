import { expect, type Locator, type Page } from '@playwright/test';

/** Herald's page as a person sees it: where things are, and what one does with them. */
export class HeraldPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** What the connection does, as it is read out. */
  get status(): Locator {
    return this.page.locator('app-connection-line').getByRole('status');
  }

  get list(): Locator {
    return this.page.getByRole('list', { name: 'Notifications' });
  }

  get rows(): Locator {
    return this.list.getByRole('article');
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

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.isLive();
  }

  async isLive(): Promise<void> {
    await expect(this.status).toHaveText('Live', { timeout: 15_000 });
  }

  async sendTest(): Promise<void> {
    await this.page.getByRole('button', { name: 'Send test notification' }).click();
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

  /** Titles in the list, newest first. */
  titles(): Promise<string[]> {
    return this.rows.getByRole('heading').evaluateAll((headings) =>
      headings.map((heading) => heading.lastChild?.textContent?.trim() ?? ''),
    );
  }
}
