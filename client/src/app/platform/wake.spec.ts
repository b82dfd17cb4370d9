import { jest } from '@jest/globals';
import type { Subscription } from 'rxjs';
import { wakeUps } from './wake';

describe('wakeUps', () => {
  const woken = jest.fn();
  let visibility: jest.SpiedGetter<DocumentVisibilityState>;
  let subscription: Subscription;

  beforeEach(() => {
    jest.useFakeTimers();
    woken.mockClear();
    visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    subscription = wakeUps().subscribe(woken);
  });
  afterEach(() => {
    subscription.unsubscribe();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  /** Timers stop while the computer sleeps, and its clock goes on. */
  function sleep(ms: number): void {
    jest.setSystemTime(Date.now() + ms);
    jest.advanceTimersByTime(1000);
  }

  it.each([
    ['the network is back', () => window.dispatchEvent(new Event('online'))],
    ['the page is brought to the front', () => document.dispatchEvent(new Event('visibilitychange'))],
    ['a frozen page goes on', () => document.dispatchEvent(new Event('resume'))],
    ['the page comes back from the cache of pages', () => window.dispatchEvent(new Event('pageshow'))],
    ['the computer slept while the page was in view', () => sleep(60_000)],
  ])('emits when %s', (_, happens) => {
    happens();
    expect(woken).toHaveBeenCalledTimes(1);
  });

  it('stays silent while time passes', () => {
    jest.advanceTimersByTime(600_000);
    expect(woken).not.toHaveBeenCalled();
  });

  it('takes the slow timers of a hidden page for no sleep', () => {
    visibility.mockReturnValue('hidden');
    sleep(60_000);
    sleep(60_000);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(woken).not.toHaveBeenCalled();
  });
});
