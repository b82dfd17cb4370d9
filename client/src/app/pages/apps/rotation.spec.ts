import { HeraldApi, HeraldError } from '@herald/client/api';
import type { App } from '@herald/protocol';
import { jest } from '@jest/globals';
import { rotationOf } from './rotation';

const APP = { id: 7, name: 'backup' } as App;
const REFUSED = new HeraldError(409);
const UNANSWERED = new HeraldError(0);

describe('the rotation of a key', () => {
  let rotateApp: jest.Mock<HeraldApi['rotateApp']>;
  let api: HeraldApi;

  beforeEach(() => {
    rotateApp = jest.fn();
    api = { rotateApp, isRefused: (error: unknown) => error === REFUSED } as unknown as HeraldApi;
  });

  /** The keys that the rotations replace, each of which fails. */
  async function replacedBy(work: () => Promise<unknown>, errors: readonly HeraldError[]): Promise<unknown[]> {
    for (const error of errors) {
      rotateApp.mockRejectedValueOnce(error);
      await expect(work()).rejects.toBe(error);
    }
    return rotateApp.mock.calls.map(([, replaces]) => replaces);
  }

  it('promises a day to the current key, and replaces none', async () => {
    const { text, isFinal, work } = rotationOf(APP, null, api);
    expect([text, isFinal]).toEqual([expect.stringContaining('valid for one more day'), false]);
    expect(await replacedBy(work, [REFUSED, REFUSED])).toEqual([undefined, undefined]);
  });

  it('replaces the key that nobody has seen when it is tried again without an answer', async () => {
    const { unanswered, work } = rotationOf(APP, null, api);
    expect(unanswered).toContain('Try again to replace it');
    expect(await replacedBy(work, [UNANSWERED, UNANSWERED, REFUSED])).toEqual([undefined, 'current', 'current']);
  });

  it('makes a lost key again while an older one is valid, which stays so', async () => {
    const { title, text, isFinal, work } = rotationOf(APP, 'Dec 1, 12:00', api);
    expect([title, isFinal]).toEqual(['Make the new key of backup again?', true]);
    expect(text).toContain('the old key stays valid until Dec 1, 12:00');
    expect(await replacedBy(work, [UNANSWERED, UNANSWERED])).toEqual(['current', 'current']);
  });
});
