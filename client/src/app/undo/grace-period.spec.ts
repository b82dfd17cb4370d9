import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { GracePeriod } from './grace-period';
import { UNDO_MS, UndoBar } from './undo-bar';

describe('GracePeriod', () => {
  const dismiss = jest.fn();
  const offer = jest.fn<UndoBar['offer']>();
  const work = jest.fn(() => Promise.resolve());
  let grace: GracePeriod;

  beforeEach(() => {
    jest.useFakeTimers();
    jest.clearAllMocks();
    offer.mockResolvedValue({ dismiss });
    TestBed.configureTestingModule({ providers: [GracePeriod, { provide: UndoBar, useValue: { offer } }] });
    grace = TestBed.inject(GracePeriod);
  });
  afterEach(() => jest.useRealTimers());

  const hold = (id = '1') => grace.hold({ id, text: 'Taking it back', work });

  test('does the work after the time in which the bar offers to undo it', async () => {
    const held = hold();
    expect(grace.ids()).toEqual(new Set(['1']));
    await jest.advanceTimersByTimeAsync(UNDO_MS - 1);
    expect(work).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(await held).toBe(true);
    expect(work).toHaveBeenCalledTimes(1);
    expect(dismiss).toHaveBeenCalledTimes(1);
    expect(grace.ids()).toEqual(new Set());
  });

  test('does nothing once the bar has undone it', async () => {
    const held = hold();
    void offer.mock.calls[0]![1]();
    expect(await held).toBe(false);
    await jest.advanceTimersByTimeAsync(UNDO_MS);
    expect(work).not.toHaveBeenCalled();
    expect(grace.ids()).toEqual(new Set());
  });

  test('does the work at once when the page is hidden', async () => {
    const held = hold();
    const hidden = jest.spyOn(document, 'hidden', 'get').mockReturnValue(true);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(await held).toBe(true);
    expect(work).toHaveBeenCalledTimes(1);
    hidden.mockRestore();
  });

  test('does nothing once the session has ended', async () => {
    const held = hold();
    TestBed.resetTestingModule();
    expect(await held).toBe(false);
    await jest.advanceTimersByTimeAsync(UNDO_MS);
    expect(work).not.toHaveBeenCalled();
  });

  test('undoes one of two, and does the other', async () => {
    const [one, two] = [hold('1'), hold('2')];
    grace.undo('1');
    await jest.advanceTimersByTimeAsync(UNDO_MS);
    expect([await one, await two]).toEqual([false, true]);
    expect(work).toHaveBeenCalledTimes(1);
  });

  test('does not begin again with what is held back already', async () => {
    void hold();
    expect(await hold()).toBe(false);
    expect(offer).toHaveBeenCalledTimes(1);
  });

  test('does the work when the page is closed', async () => {
    const held = hold();
    window.dispatchEvent(new Event('pagehide'));
    expect(await held).toBe(true);
    expect(work).toHaveBeenCalledTimes(1);
  });

  test('waits for work under way, but for no longer than 2 seconds', async () => {
    await grace.finish();
    work.mockReturnValueOnce(new Promise(() => undefined));
    void hold();
    const finished = jest.fn();
    void grace.finish().then(finished);
    await jest.advanceTimersByTimeAsync(1999);
    expect(finished).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(finished).toHaveBeenCalled();
  });

  test('shows the work as under way until it is done, and passes its failure on', async () => {
    work.mockRejectedValueOnce(new Error('refused'));
    const held = hold();
    grace.end();
    expect(grace.ids()).toEqual(new Set(['1']));
    await expect(held).rejects.toThrow('refused');
    expect(grace.ids()).toEqual(new Set());
  });

  test('holds the work back without a bar if that does not load', async () => {
    offer.mockRejectedValue(new Error('offline'));
    const held = hold();
    await jest.advanceTimersByTimeAsync(UNDO_MS);
    expect(await held).toBe(true);
  });
});
