import { LiveRegion } from '#app/a11y/live-region';
import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import { jest } from '@jest/globals';
import { NEVER } from 'rxjs';
import type { BarContent } from './bar';
import { UndoBar } from './undo-bar';

describe('UndoBar', () => {
  const dismiss = jest.fn();
  const open = jest.fn<(_: unknown, config: { data: BarContent }) => object>(() => ({
    afterDismissed: () => NEVER,
    dismiss,
  }));
  const announce = jest.fn();
  let bar: UndoBar;
  let undone: string[];

  beforeEach(() => {
    jest.clearAllMocks();
    undone = [];
    TestBed.configureTestingModule({
      providers: [
        UndoBar,
        { provide: MatSnackBar, useValue: { openFromComponent: open } },
        { provide: LiveRegion, useValue: { announce } },
      ],
    });
    bar = TestBed.inject(UndoBar);
  });
  afterEach(() => jest.restoreAllMocks());

  const offer = (text: string): Promise<{ dismiss(): void }> => bar.offer(text, () => void undone.push(text));

  async function shown(): Promise<string[]> {
    for (let turn = 0; turn < 5; turn += 1) await Promise.all([import('@angular/material/snack-bar'), import('./bar')]);
    const { text, ways } = open.mock.lastCall![1].data;
    return [text, ...ways.map(({ label }) => label)];
  }

  it('undoes the last thing, then the one before, and no more than there is', async () => {
    await offer('Archived');
    await offer('Snoozed');
    await bar.undo();
    expect(announce).toHaveBeenLastCalledWith('Undone: Snoozed');
    expect(await shown()).toEqual(['Undone: Snoozed', 'Undo more']);
    open.mock.lastCall![1].data.ways[0]!.act();
    await bar.undo();
    expect(undone).toEqual(['Snoozed', 'Archived']);
  });

  it('waits for work that is under way, instead of undoing what was done before it', async () => {
    await offer('Archived');
    const answer = Promise.withResolvers<undefined>();
    bar.expect(answer.promise.then(() => offer('Snoozed')));
    const undoing = bar.undo();
    answer.resolve(undefined);
    await undoing;
    expect(undone).toEqual(['Snoozed']);
  });

  it('no longer undoes what was dismissed, or is a minute old', async () => {
    await offer('Archived');
    (await offer('Taken back')).dismiss();
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 59_000);
    await bar.undo();
    expect(undone).toEqual(['Archived']);
    await offer('Snoozed');
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
    await bar.undo();
    expect(undone).toEqual(['Archived']);
  });

  it('remembers the last ten things', async () => {
    for (let n = 0; n < 12; n++) await offer(String(n));
    for (let n = 0; n < 12; n++) await bar.undo();
    expect(undone).toEqual(['11', '10', '9', '8', '7', '6', '5', '4', '3', '2']);
  });
});
