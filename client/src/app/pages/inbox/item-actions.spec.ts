import { LiveRegion } from '#app/a11y/live-region';
import { Answers } from '#app/inbox/answers';
import { InboxStore } from '#app/inbox/inbox-store';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatSnackBar } from '@angular/material/snack-bar';
import type { BarContent } from '#app/undo/bar';
import type { Outcome } from '@herald/client/inbox';
import type { StateChange } from '@herald/protocol';
import { jest } from '@jest/globals';
import { NEVER } from 'rxjs';
import { ItemActions } from './item-actions';
import { UndoBar } from '#app/undo/undo-bar';

const archived = (ids: string[]): Outcome => ({ done: { ids, undo: [{ ids, change: { archived: false } }] } });

describe('ItemActions', () => {
  const dismiss = jest.fn();
  const open = jest.fn<(_: unknown, config: { data: BarContent }) => object>(() => ({
    afterDismissed: () => NEVER,
    dismiss,
  }));
  const say = jest.fn();
  const change = jest.fn<(target: readonly string[], change: StateChange) => Promise<Outcome>>();
  let actions: ItemActions;

  beforeEach(() => {
    jest.clearAllMocks();
    TestBed.configureTestingModule({
      providers: [
        ItemActions,
        UndoBar,
        { provide: InboxStore, useValue: { change, problem: signal(null) } },
        { provide: Answers, useValue: {} },
        { provide: MatSnackBar, useValue: { openFromComponent: open } },
        { provide: LiveRegion, useValue: { announce: say } },
      ],
    });
    actions = TestBed.inject(ItemActions);
  });

  async function bars(): Promise<string[][]> {
    for (let turn = 0; turn < 5; turn += 1)
      await Promise.all([import('@angular/material/snack-bar'), import('#app/undo/bar')]);
    return open.mock.calls.map(([, { data }]) => [data.text, ...data.ways.map(({ label }) => label)]);
  }

  function press(label: string): void {
    const { ways } = open.mock.lastCall![1].data;
    ways.find((way) => way.label === label)!.act();
  }

  it('is said, with a way back that undoes what the server has changed', async () => {
    change.mockResolvedValueOnce(archived(['1', '2']));
    actions.archive(['1', '2', '3']);
    expect(await bars()).toEqual([['Archived: 2', 'Undo']]);
    expect(say).toHaveBeenCalledWith('Archived: 2. It can be undone');
    change.mockResolvedValueOnce({ done: null });
    press('Undo');
    expect(change).toHaveBeenLastCalledWith(['1', '2'], { archived: false });
  });

  it('can’t be undone once the session has ended', async () => {
    change.mockResolvedValueOnce(archived(['1']));
    actions.archive(['1']);
    await bars();
    expect(dismiss).not.toHaveBeenCalled();
    TestBed.resetTestingModule();
    expect(dismiss).toHaveBeenCalledTimes(1);
  });

  it('that has failed in part is shown with both numbers, and can be undone or continued', async () => {
    change.mockResolvedValueOnce({ ...archived(['1', '2']), error: new Error('offline'), rest: ['3'] });
    actions.archive(['1', '2', '3']);
    expect(await bars()).toEqual([['Archived: 2 of 3', 'Undo', 'Try the rest']]);
    change.mockResolvedValueOnce(archived(['3']));
    press('Try the rest');
    expect(change).toHaveBeenLastCalledWith(['3'], { archived: true });
    expect((await bars())[1]).toEqual(['Archived', 'Undo']);
  });

  it('is not said where nothing has changed', async () => {
    change.mockResolvedValueOnce({ done: null });
    actions.archive(['1']);
    expect(await bars()).toEqual([]);
  });

  it('is undone for each that was snoozed with its own time, but for those whose time has come', async () => {
    const until = (ms: number): StateChange => ({ snoozedUntil: new Date(Date.now() + ms).toISOString() });
    const [soon, later] = [until(60_000), until(120_000)];
    const undo = [
      { ids: ['1'], change: soon },
      { ids: ['2'], change: until(-1) },
      { ids: ['3'], change: later },
    ];
    change.mockResolvedValueOnce({ done: { ids: ['1', '2', '3'], undo } });
    actions.wake(['1', '2', '3']);
    expect(await bars()).toEqual([['Back in the inbox: 3', 'Undo']]);
    change.mockClear();
    change.mockResolvedValue({ done: null });
    press('Undo');
    await bars();
    expect(change.mock.calls).toEqual([
      [['1'], soon],
      [['3'], later],
    ]);
  });
});
