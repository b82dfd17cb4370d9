import { jest } from '@jest/globals';
import { BrowserPositions, readStoredNewestId } from './browser-positions';

const KEY = 'herald.positions.ada';
const POSITIONS = { epoch: 'first', channels: { everyone: { high: [1, 'a'] as [number, string] } } };

describe('BrowserPositions', () => {
  let positions: BrowserPositions;

  beforeEach(() => {
    jest.useFakeTimers();
    positions = new BrowserPositions('ada');
  });

  afterEach(() => {
    positions.close();
    jest.useRealTimers();
    jest.restoreAllMocks();
    localStorage.clear();
  });

  it('writes a burst once, after 250 ms', () => {
    const written = jest.spyOn(Storage.prototype, 'setItem');
    positions.write({ epoch: 'zeroth', channels: {} });
    positions.write(POSITIONS);
    jest.advanceTimersByTime(249);
    expect(positions.read()).toBeNull();
    jest.advanceTimersByTime(1);
    expect([positions.read(), written.mock.calls.length]).toEqual([POSITIONS, 1]);
    expect(readStoredNewestId('ada')).toBe('a');
  });

  it.each([
    ['the page goes away', () => window.dispatchEvent(new Event('pagehide'))],
    ['it is closed', () => positions.close()],
  ])('writes at once when %s', (_, happen) => {
    positions.write(POSITIONS);
    happen();
    expect(positions.read()).toEqual(POSITIONS);
  });

  it.each(['', 'null', '{', '5', '{"epoch":"first"}', '{"epoch":"first","channels":null}'])(
    'reads broken positions as none: %s',
    (text) => {
      localStorage.setItem(KEY, text);
      expect(positions.read()).toBeNull();
    },
  );

  it('survives a full storage', () => {
    const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    positions.write(POSITIONS);
    window.dispatchEvent(new Event('pagehide'));
    expect(full).toHaveBeenCalledTimes(1);
  });
});
