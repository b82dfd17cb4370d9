import { jest } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { InNfc } from './in-nfc.js';

class Dto {
  @InNfc()
  names!: unknown;
}

const read = (names: unknown): unknown => plainToInstance(Dto, { names }).names;

describe('a text in Normalization Form C', () => {
  test('is the same for every composition of its letters, alone and in a list', () => {
    expect(read('cafe\u0301')).toBe('café');
    expect(read(['cafe\u0301', 5])).toEqual(['café', 5]);
  });

  test('is not composed when it is too long, since composition takes quadratic time', () => {
    const normalize = jest.spyOn(String.prototype, 'normalize');
    const long = `a${'\u0316\u0301'.repeat(8000)}`;
    expect(read([long])).toEqual([long]);
    expect(normalize).not.toHaveBeenCalled();
    normalize.mockRestore();
  });
});
