import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';
import { HeraldApi } from '@herald/client/api';
import { jest } from '@jest/globals';
import { RemoveDialog } from './remove-dialog';

describe('the dialog that removes a person', () => {
  it('asks once for two clicks, and can’t be left until the server has answered', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const removeAccount = jest.fn(() => promise);
    const self = { close: jest.fn(), disableClose: false };
    TestBed.configureTestingModule({
      providers: [
        { provide: HeraldApi, useValue: { removeAccount } },
        { provide: MAT_DIALOG_DATA, useValue: 'ada' },
        { provide: MatDialogRef, useValue: self },
      ],
    });
    const fixture = TestBed.createComponent(RemoveDialog);
    fixture.detectChanges();
    const [cancel, remove] = (fixture.nativeElement as HTMLElement).querySelectorAll('button');
    remove!.click();
    remove!.click();
    fixture.detectChanges();
    expect(removeAccount.mock.calls).toEqual([['ada']]);
    expect([cancel!.disabled, self.disableClose]).toEqual([true, true]);
    resolve(undefined);
    await fixture.whenStable();
    expect(self.close.mock.calls).toEqual([[true]]);
    expect(self.disableClose).toBe(false);
  });
});
