import { TestBed } from '@angular/core/testing';
import { MAT_DIALOG_DATA, MatDialogRef } from '@angular/material/dialog';
import { HeraldError } from '@herald/client/api';
import { jest } from '@jest/globals';
import { ConfirmDialog, type Confirmation } from './confirm-dialog';
import { PendingResult } from './pending-result';

describe('the dialog that asks for confirmation', () => {
  function shown() {
    const { promise, reject, resolve } = Promise.withResolvers<string>();
    const work = jest.fn(() => promise);
    const words = { title: 'Remove?', text: '', action: 'Remove', unanswered: 'No answer', isFinal: true };
    const data: Confirmation<string> = { ...words, work, pending: new PendingResult() };
    const self = { close: jest.fn(), disableClose: false };
    TestBed.configureTestingModule({
      providers: [
        { provide: MAT_DIALOG_DATA, useValue: data },
        { provide: MatDialogRef, useValue: self },
      ],
    });
    const fixture = TestBed.createComponent(ConfirmDialog);
    fixture.detectChanges();
    const element = fixture.nativeElement as HTMLElement;
    const [cancel, confirm] = element.querySelectorAll('button');
    return { cancel: cancel!, confirm: confirm!, element, fixture, reject, resolve, self, work };
  }

  it('works once for two clicks, and closes with the result', async () => {
    const { confirm, fixture, resolve, self, work } = shown();
    confirm.click();
    confirm.click();
    expect(work).toHaveBeenCalledTimes(1);
    resolve('done');
    await fixture.whenStable();
    expect(self.close.mock.calls).toEqual([['done']]);
  });

  it('can’t be left until the work ends, which it tells if it fails', async () => {
    const { cancel, confirm, element, fixture, reject, self } = shown();
    const isHeld = (): boolean[] => [cancel.disabled, self.disableClose];
    confirm.click();
    fixture.detectChanges();
    expect(isHeld()).toEqual([true, true]);
    reject(new HeraldError(0));
    await new Promise((resolve) => setTimeout(resolve));
    fixture.detectChanges();
    expect(isHeld()).toEqual([false, false]);
    expect(element.querySelector('.problem')!.textContent).toBe('No answer');
  });
});
