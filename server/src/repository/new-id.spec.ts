import { jest } from '@jest/globals';
import { validate, version } from 'uuid';
import { newId } from './new-id.js';

describe('newId', () => {
  afterEach(() => jest.restoreAllMocks());

  test('makes UUIDs of version 7 with the time in them', () => {
    jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2100-01-01T00:00:00Z'));
    const id = newId();
    expect([validate(id), version(id)]).toEqual([true, 7]);
    expect(parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(Date.parse('2100-01-01T00:00:00Z'));
  });

  test('makes ids that ascend, also within a millisecond and while the clock goes back', () => {
    let at = Date.parse('2100-01-02T00:00:00Z');
    jest.spyOn(Date, 'now').mockImplementation(() => at);
    const ids = Array.from({ length: 5000 }, (_, n) => {
      if (n % 1000 === 999) at += n % 2000 === 999 ? 5 : -3;
      return newId();
    });
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test('never uses random bytes twice', () => {
    const tails = Array.from({ length: 2000 }, () => newId().slice(-10));
    expect(new Set(tails).size).toBe(2000);
  });
});
