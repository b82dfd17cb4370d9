import { LiveRegion } from '#app/a11y/live-region';
import { Answers } from '#app/inbox/answers';
import { InboxStore } from '#app/inbox/inbox-store';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { Done } from '@herald/client/inbox';
import type { StateChange } from '@herald/protocol';
import { jest } from '@jest/globals';
import { NEVER, Subject } from 'rxjs';
import { ItemActions } from './item-actions';
import { UndoBar } from '#app/undo/undo-bar';

describe('ItemActions', () => {
  let undo: Subject<void>;
  const dismiss = jest.fn();
  const open = jest.fn<(text: string, action: string | undefined) => object>(() => ({
    onAction: () => undo,
    afterDismissed: () => NEVER,
    dismiss,
  }));
  const say = jest.fn();
  const change = jest.fn<(target: readonly string[], change: StateChange) => Promise<Done | null>>();
  let actions: ItemActions;

  beforeEach(() => {
    jest.clearAllMocks();
    undo = new Subject();
    TestBed.configureTestingModule({
      providers: [
        ItemActions,
        UndoBar,
        { provide: InboxStore, useValue: { change, problem: signal(null) } },
        { provide: Answers, useValue: {} },
        { provide: MatSnackBar, useValue: { open } },
        { provide: LiveRegion, useValue: { announce: say } },
      ],
    });
    actions = TestBed.inject(ItemActions);
  });

  async function bars(): Promise<(string | undefined)[][]> {
    for (let turn = 0; turn < 5; turn += 1) await import('@angular/material/snack-bar');
    return open.mock.calls.map(([text, action]) => [text, action]);
  }

  it('is said, with a way back that undoes what the server has changed', async () => {
    change.mockResolvedValueOnce({ ids: ['1', '2'], undo: [{ ids: ['1', '2'], change: { archived: false } }] });
    actions.archive(['1', '2', '3']);
    expect(await bars()).toEqual([['Archived: 2', 'Undo']]);
    expect(say).toHaveBeenCalledWith('Archived: 2. It can be undone');
    change.mockResolvedValueOnce(null);
    undo.next();
    expect(change).toHaveBeenLastCalledWith(['1', '2'], { archived: false });
  });

  it('can’t be undone once the session has ended', async () => {
    change.mockResolvedValueOnce({ ids: ['1'], undo: [] });
    actions.archive(['1']);
    await bars();
    expect(dismiss).not.toHaveBeenCalled();
    TestBed.resetTestingModule();
    expect(dismiss).toHaveBeenCalledTimes(1);
  });

  it('is not said where nothing has changed', async () => {
    change.mockResolvedValueOnce(null);
    actions.archive(['1']);
    expect(await bars()).toEqual([]);
  });

  it('is undone for each that was snoozed with its own time, but for those whose time has come', async () => {
    const until = (ms: number): StateChange => ({ snoozedUntil: new Date(Date.now() + ms).toISOString() });
    const [soon, later] = [until(60_000), until(120_000)];
    change.mockResolvedValueOnce({
      ids: ['1', '2', '3'],
      undo: [
        { ids: ['1'], change: soon },
        { ids: ['2'], change: until(-1) },
        { ids: ['3'], change: later },
      ],
    });
    actions.wake(['1', '2', '3']);
    expect(await bars()).toEqual([['Back in the inbox: 3', 'Undo']]);
    change.mockClear();
    change.mockResolvedValue(null);
    undo.next();
    await bars();
    expect(change.mock.calls).toEqual([
      [['1'], soon],
      [['3'], later],
    ]);
  });
});
