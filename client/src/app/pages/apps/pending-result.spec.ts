import { PendingResult } from './pending-result';

describe('the pending result of a dialog', () => {
  it('is undefined if the dialog was closed without a request', async () => {
    expect(await new PendingResult<number>().settle()).toBeUndefined();
  });

  it('comes after the dialog was closed', async () => {
    const pending = new PendingResult<number>();
    const { promise, resolve } = Promise.withResolvers<number>();
    const followed = pending.follow(promise);
    const settled = pending.settle();
    resolve(7);
    expect([await followed, await settled]).toEqual([7, 7]);
  });

  it('comes if the request ended while the dialog was closing', async () => {
    const pending = new PendingResult<number>();
    await pending.follow(Promise.resolve(7));
    expect(await pending.settle()).toBe(7);
  });

  it('fails only if the dialog was closed before the failure', async () => {
    const pending = new PendingResult<number>();
    await pending.follow(Promise.reject(new Error('told'))).catch(() => undefined);
    expect(await pending.settle()).toBeUndefined();
    const { promise, reject } = Promise.withResolvers<number>();
    pending.follow(promise).catch(() => undefined);
    const settled = pending.settle();
    reject(new Error('late'));
    await expect(settled).rejects.toThrow('late');
  });
});
