import type { Positions } from '@herald/protocol';
import { Backlog, type Received, type Step } from './backlog.ts';

const at = (epoch: string): Step => ({ positions: { epoch, channels: {} } satisfies Positions });
const of = (id: string): Step => ({ notification: { id } as Received });

describe('Backlog', () => {
  let stop: AbortController;
  let backlog: Backlog;

  beforeEach(() => {
    stop = new AbortController();
    backlog = new Backlog();
  });

  test('gives steps in the order they came, and waits for the next', async () => {
    backlog.add(of('1'));
    backlog.add(at('a'));
    expect([await backlog.next(stop.signal), await backlog.next(stop.signal)]).toEqual([of('1'), at('a')]);
    const next = backlog.next(stop.signal);
    backlog.add(of('2'));
    expect(await next).toEqual(of('2'));
  });

  test('keeps only the last of successive positions', async () => {
    for (const step of [at('a'), at('b'), of('1'), at('c'), at('d')]) backlog.add(step);
    expect(backlog.length).toBe(3);
    const steps = [await backlog.next(stop.signal), await backlog.next(stop.signal), await backlog.next(stop.signal)];
    expect(steps).toEqual([at('b'), of('1'), at('d')]);
  });

  test('ends a wait when it is stopped', async () => {
    const next = backlog.next(stop.signal);
    stop.abort();
    expect(await next).toBeUndefined();
  });

  test('gives the positions after the last notification even when it is stopped, and no other notification', async () => {
    for (const step of [of('1'), at('a'), of('2'), at('b')]) backlog.add(step);
    await backlog.next(stop.signal);
    stop.abort();
    expect([await backlog.next(stop.signal), await backlog.next(stop.signal)]).toEqual([at('a'), undefined]);
  });
});
