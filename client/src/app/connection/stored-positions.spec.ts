import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { readStoredPositions, storingPositions } from './stored-positions';

const KEY = 'herald.positions.ada';
const POSITIONS = { epoch: 'first', channels: { everyone: { high: [1, 'a'] as [number, string] } } };

describe('stored positions', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    localStorage.clear();
  });

  it('are read again as they were stored', () => {
    new Subject<string>()
      .pipe(storingPositions('ada', () => POSITIONS))
      .subscribe()
      .unsubscribe();
    expect(readStoredPositions('ada')).toEqual(POSITIONS);
  });

  it.each(['', 'null', '{', '5', '{"epoch":"first"}', '{"epoch":"first","channels":null}'])(
    'that are broken are none: %s',
    (text) => {
      localStorage.setItem(KEY, text);
      expect(readStoredPositions('ada')).toBeNull();
    },
  );

  it('that the browser has no room for do not end the connection', () => {
    const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const source = new Subject<string>();
    const seen: string[] = [];
    const failed: unknown[] = [];
    const observer = { next: (event: string) => seen.push(event), error: (error: unknown) => failed.push(error) };
    const subscription = source.pipe(storingPositions('ada', () => POSITIONS)).subscribe(observer);
    window.dispatchEvent(new Event('pagehide'));
    source.next('after');
    subscription.unsubscribe();
    expect([full.mock.calls.length, seen, failed]).toEqual([2, ['after'], []]);
  });
});
