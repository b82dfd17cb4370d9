import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';
import { jest } from '@jest/globals';
import type { Account } from '../../../../protocol/http';
import { PeopleApi } from './people-api';
import { PersonDialog } from './person-dialog';

const ADA: Account = { username: 'ada', roles: ['ops'], topics: ['builds'] };

describe('the dialog about a person', () => {
  let api: { add: jest.Mock<(...args: unknown[]) => Promise<Account>>; change: jest.Mock<(...args: unknown[]) => Promise<Account>> };

  async function save(account: Account | null, typed: Record<string, string>): Promise<void> {
    api = { add: jest.fn(() => Promise.resolve(ADA)), change: jest.fn(() => Promise.resolve(ADA)) };
    TestBed.configureTestingModule({
      providers: [
        { provide: PeopleApi, useValue: api },
        { provide: MAT_DIALOG_DATA, useValue: account },
        { provide: MatDialogRef, useValue: { close: () => undefined } },
      ],
    });
    const dialog = TestBed.createComponent(PersonDialog);
    await dialog.whenStable();
    const element = dialog.nativeElement as HTMLElement;
    for (const [name, value] of Object.entries(typed)) {
      const field = element.querySelector<HTMLInputElement>(`input[formControlName=${name}]`)!;
      field.value = value;
      field.dispatchEvent(new Event('input'));
    }
    element.querySelector('form')!.dispatchEvent(new Event('submit'));
    await dialog.whenStable();
  }

  it('sends a new password alone: roles and topics may have changed since they were read', async () => {
    await save(ADA, { password: 'another horse' });
    expect(api.change.mock.calls).toEqual([['ada', { password: 'another horse' }]]);
  });

  it('sends roles and topics each only where they were changed, also where they were emptied', async () => {
    await save(ADA, { roles: '' });
    expect(api.change.mock.calls).toEqual([['ada', { roles: [] }]]);
  });

  it('sends all of a new person', async () => {
    await save(null, { username: ' bob ', password: 'battery staple', topics: 'builds, news' });
    expect(api.add.mock.calls).toEqual([['bob', { roles: [], topics: ['builds', 'news'], password: 'battery staple' }]]);
  });
});
