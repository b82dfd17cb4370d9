import { LinkedPeers } from '#test/linked-peers.js';
import { jest } from '@jest/globals';
import { SpreadCount } from './spread-count.js';

describe('SpreadCount', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test('tells others the sum of the last quarter of a second, and nothing of what was taken back', () => {
    const [here, there] = LinkedPeers.pair();
    const heard = jest.fn();
    new SpreadCount(there, 'sends', heard);
    const count = new SpreadCount(here, 'sends', () => undefined);
    count.add('ada', 2);
    count.add('ada', 3);
    count.add('bob', 1);
    count.add('bob', -1);
    expect(heard).not.toHaveBeenCalled();
    jest.advanceTimersByTime(250);
    expect(heard.mock.calls).toEqual([['ada', 5]]);
    jest.advanceTimersByTime(1000);
    expect(heard).toHaveBeenCalledTimes(1);
  });

  test('tells of many keys in messages that fit into 4,000 bytes', () => {
    const [here, there] = LinkedPeers.pair();
    const heard = jest.fn();
    new SpreadCount(there, 'failures', heard);
    const send = jest.spyOn(here, 'send');
    const count = new SpreadCount(here, 'failures', () => undefined);
    for (let n = 0; n < 100; n++) count.add(`${'k'.repeat(150)}${n}`, 1);
    jest.advanceTimersByTime(250);
    expect(heard).toHaveBeenCalledTimes(100);
    for (const [, message] of send.mock.calls) expect(JSON.stringify(message).length).toBeLessThan(4000);
  });
});
