import { HeraldApi, HeraldError } from '@herald/client/api';
import type { App } from '@herald/protocol';
import { jest } from '@jest/globals';
import { rotationOf } from './rotation';

const APP = { id: 7, name: 'backup' } as App;

describe('the rotation of a key', () => {
  let calls: string[];
  let rotateApp: jest.Mock<HeraldApi['rotateApp']>;
  let api: HeraldApi;

  beforeEach(() => {
    calls = [];
    rotateApp = jest.fn(() => {
      calls.push('rotate');
      return Promise.reject(new HeraldError(0));
    });
    const removePreviousKey = (): Promise<void> => {
      calls.push('end');
      return Promise.resolve();
    };
    api = { rotateApp, removePreviousKey } as unknown as HeraldApi;
  });

  it('promises a day to the current key, and ends none', async () => {
    const { text, isFinal, work } = rotationOf(APP, null, api);
    expect([text, isFinal]).toEqual([expect.stringContaining('valid for one more day'), false]);
    await expect(work()).rejects.toThrow(HeraldError);
    expect(calls).toEqual(['rotate']);
  });

  it('ends an older key that is still valid, and says so before', async () => {
    const { text, isFinal, work } = rotationOf(APP, 'Dec 1, 12:00', api);
    expect([text, isFinal]).toEqual([expect.stringContaining('valid until Dec 1, 12:00. A new key ends it now'), true]);
    await expect(work()).rejects.toThrow(HeraldError);
    expect(calls).toEqual(['end', 'rotate']);
  });

  it('ends no other key when it is tried again, because it may have succeeded without an answer', async () => {
    const { work } = rotationOf(APP, 'Dec 1, 12:00', api);
    for (let times = 0; times < 2; times++) await expect(work()).rejects.toThrow(HeraldError);
    expect(calls).toEqual(['end', 'rotate', 'rotate']);
  });
});
