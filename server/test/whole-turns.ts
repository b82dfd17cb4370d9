import { jest } from '@jest/globals';
import { loopShare } from '../src/timing/loop-share.js';

/**
 * Turns off the slicing of work. Slices are measured by the real clock: on a slow machine, work would pause while the
 * virtual clock stands still, and the test would check too early.
 */
export function useWholeTurns(): void {
  let isUsedUp: jest.SpiedFunction<typeof loopShare.isUsedUp>;

  beforeEach(() => {
    isUsedUp = jest.spyOn(loopShare, 'isUsedUp').mockReturnValue(false);
  });

  afterEach(() => isUsedUp.mockRestore());
}
