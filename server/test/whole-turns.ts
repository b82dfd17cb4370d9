import { jest } from '@jest/globals';
import { loopShare } from '../src/timing/loop-share.js';

/**
 * Never slices work in these tests. The share of a turn is measured by the real clock, so that on a slow machine work
 * would pause although the virtual clock stands still, and the test would look too early.
 */
export function useWholeTurns(): void {
  let isUsedUp: jest.SpiedFunction<typeof loopShare.isUsedUp>;

  beforeEach(() => {
    isUsedUp = jest.spyOn(loopShare, 'isUsedUp').mockReturnValue(false);
  });

  afterEach(() => isUsedUp.mockRestore());
}
