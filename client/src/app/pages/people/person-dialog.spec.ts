import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';
import { HeraldApi } from '@herald/client/api';
import type { Account, Recipients } from '@herald/protocol';
import { jest } from '@jest/globals';
import { PersonDialog } from './person-dialog';

const ADA: Account = { username: 'ada', roles: ['ops'], topics: ['builds'] };

describe('the person dialog', () => {
  let api: {
    addAccount: jest.Mock<(...args: unknown[]) => Promise<Account>>;
    changeAccount: jest.Mock<(...args: unknown[]) => Promise<Account>>;
    recipients: () => Promise<Recipients>;
  };

  let answer = Promise.resolve(ADA);
  const self = { close: jest.fn(), disableClose: false };

  async function save(
    account: Account | null,
    typed: Record<string, string>,
    removed: string[] = [],
  ): Promise<HTMLElement> {
    api = {
      addAccount: jest.fn(() => Promise.resolve(ADA)),
      changeAccount: jest.fn(() => answer),
      recipients: () => Promise.resolve({ everyone: true, users: [], roles: ['ops'], topics: [] }),
    };
    TestBed.configureTestingModule({
      providers: [
        { provide: HeraldApi, useValue: api },
        { provide: MAT_DIALOG_DATA, useValue: { account } },
        { provide: MatDialogRef, useValue: self },
      ],
    });
    const dialog = TestBed.createComponent(PersonDialog);
    await dialog.whenStable();
    const element = dialog.nativeElement as HTMLElement;
    for (const [name, value] of Object.entries(typed)) {
      const label = [...element.querySelectorAll('label')].find(({ textContent }) => textContent.trim() === name)!;
      const field = element.querySelector<HTMLInputElement>(`#${label.htmlFor}`)!;
      field.value = value;
      field.dispatchEvent(new Event('input'));
    }
    for (const name of removed) element.querySelector<HTMLElement>(`[aria-label="Remove ${name}"]`)!.click();
    element.querySelector('form')!.dispatchEvent(new Event('submit'));
    await dialog.whenStable();
    return element;
  }

  it('sends a new password alone, since roles and topics may have changed since the list was loaded', async () => {
    await save(ADA, { 'New password': 'another horse' });
    expect(api.changeAccount.mock.calls).toEqual([['ada', { password: 'another horse' }]]);
  });

  it('sends roles and topics only when changed, even to an empty list', async () => {
    await save(ADA, {}, ['ops']);
    expect(api.changeAccount.mock.calls).toEqual([['ada', { roles: [] }]]);
  });

  it('adds a role that is still being typed', async () => {
    await save(ADA, { Roles: 'oncall' });
    expect(api.changeAccount.mock.calls).toEqual([['ada', { roles: ['ops', 'oncall'] }]]);
  });

  it('saves once for two clicks, and can’t be left until the server has answered', async () => {
    const { promise, resolve } = Promise.withResolvers<Account>();
    answer = promise;
    const element = await save(ADA, {});
    element.querySelector('form')!.dispatchEvent(new Event('submit'));
    expect(api.changeAccount).toHaveBeenCalledTimes(1);
    expect(self.disableClose).toBe(true);
    resolve(ADA);
    await promise;
    await Promise.resolve();
    expect(self.disableClose).toBe(false);
  });

  it('sends every field of a new person', async () => {
    await save(null, { Username: ' bob ', Password: 'battery staple', Topics: 'builds, news' });
    expect(api.addAccount.mock.calls).toEqual([
      ['bob', { roles: [], topics: ['builds', 'news'], password: 'battery staple' }],
    ]);
  });
});
