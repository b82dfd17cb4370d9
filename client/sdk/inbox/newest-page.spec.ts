import type { InboxPage } from '@herald/protocol';
import { firstValueFrom } from 'rxjs';
import { jest } from '@jest/globals';
import { testPage } from '../testing/test-page.ts';
import { newestPage } from './newest-page.ts';

describe('the newest page', () => {
  const ask = jest.fn<() => Promise<InboxPage>>();
  const read = async (liveAfter: string): Promise<string> =>
    (await firstValueFrom(newestPage(ask, () => Promise.resolve(false), liveAfter))).asOf;

  beforeEach(() => ask.mockReset());

  it.each(['', '100'])('is requested once if the connection brings everything newer: after "%s"', async (liveAfter) => {
    ask.mockResolvedValueOnce(testPage([], { asOf: '101' }));
    expect([await read(liveAfter), ask.mock.calls.length]).toEqual(['101', 1]);
  });

  it('is requested a second time if it is older than the last entry, and no third time', async () => {
    ask.mockResolvedValueOnce(testPage([], { asOf: '100' })).mockResolvedValueOnce(testPage([], { asOf: '102' }));
    expect([await read('101'), ask.mock.calls.length]).toEqual(['102', 2]);
    ask.mockReset();
    ask.mockResolvedValue(testPage([], { asOf: '100' }));
    expect([await read('101'), ask.mock.calls.length]).toEqual(['100', 2]);
  });
});
