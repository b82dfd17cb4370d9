import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { TabLeader } from './tab-leader';

/** Longer than the settle time of the last leader. */
const SETTLED_MS = 300;
/** A loop of requests for the lock stops after this many. */
const REQUESTS_MAX = 50;

type Granted = () => Promise<void>;
type Request = (name: string, options: LockOptions, granted: Granted) => Promise<void>;

class SilentChannel extends EventTarget {
  postMessage(): void {
    // No tab listens.
  }
  close(): void {
    // The channel holds no resources.
  }
}

function browserWith({ request, channel = SilentChannel }: { request?: Request; channel?: unknown }): void {
  Object.defineProperty(navigator, 'locks', {
    configurable: true,
    value: request === undefined ? undefined : { request },
  });
  Object.defineProperty(globalThis, 'BroadcastChannel', { configurable: true, value: channel });
}

function open(): TabLeader {
  const tab = TestBed.inject(TabLeader);
  tab.setConnected(true);
  return tab;
}

const refused = (): Promise<never> => Promise.reject(new DOMException('Access is denied', 'SecurityError'));

describe('TabLeader', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('leads at once without Web Locks', () => {
    browserWith({});
    expect(open().isLeader()).toBe(true);
  });

  it('leads when the lock is refused, and requests it only once', async () => {
    let asked = 0;
    browserWith({
      request: () => {
        asked += 1;
        return asked > REQUESTS_MAX ? new Promise(() => undefined) : refused();
      },
    });
    const tab = open();
    await jest.advanceTimersByTimeAsync(SETTLED_MS);
    expect([tab.isLeader(), asked]).toEqual([true, 1]);
  });

  it('leads without BroadcastChannel, and requests no lock', () => {
    let asked = 0;
    browserWith({ request: () => ((asked += 1), refused()), channel: null });
    expect(open().isLeader()).toBe(true);
    expect(asked).toBe(0);
  });

  it("leads when a BroadcastChannel can't be opened", () => {
    browserWith({
      request: refused,
      channel: function Denied() {
        throw new DOMException('Access is denied', 'SecurityError');
      },
    });
    expect(open().isLeader()).toBe(true);
  });

  it('stops leading when another tab takes the lock, waits for it, and leads if that wait is refused', async () => {
    const asked: LockOptions[] = [];
    let steal: (reason: Error) => void = () => undefined;
    let refuse: (reason: Error) => void = () => undefined;
    browserWith({
      request: (_, options, granted) => {
        asked.push(options);
        if (asked.length > 1) return new Promise((__, reject) => (refuse = reject));
        void granted();
        return new Promise((__, reject) => (steal = reject));
      },
    });
    const tab = open();
    await jest.advanceTimersByTimeAsync(SETTLED_MS);
    expect(tab.isLeader()).toBe(true);
    steal(new DOMException('The lock was stolen', 'AbortError'));
    await jest.advanceTimersByTimeAsync(SETTLED_MS);
    expect(tab.isLeader()).toBe(false);
    expect(asked.map(({ steal: takes }) => takes === true)).toEqual([true, false]);
    refuse(new DOMException('Access is denied', 'SecurityError'));
    await jest.advanceTimersByTimeAsync(SETTLED_MS);
    expect(tab.isLeader()).toBe(true);
    expect(asked).toHaveLength(2);
  });
  it('holds the lock only while it has a connection', async () => {
    const holds: Promise<void>[] = [];
    browserWith({ request: (_, __, granted) => (holds.push(granted()), holds.at(-1)!) });
    const tab = TestBed.inject(TabLeader);
    await jest.advanceTimersByTimeAsync(SETTLED_MS);
    expect([tab.isLeader(), holds.length]).toEqual([false, 0]);
    tab.setConnected(true);
    await jest.advanceTimersByTimeAsync(SETTLED_MS);
    expect([tab.isLeader(), holds.length]).toEqual([true, 1]);
    tab.setConnected(false);
    await holds[0];
    document.dispatchEvent(new Event('visibilitychange'));
    await jest.advanceTimersByTimeAsync(SETTLED_MS);
    expect([tab.isLeader(), holds.length]).toEqual([false, 1]);
  });
});
