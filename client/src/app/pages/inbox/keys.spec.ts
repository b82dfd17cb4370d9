import { keyOf } from './keys';

const press = (key: string, more: KeyboardEventInit = {}, isOn = true): string | null =>
  keyOf(new KeyboardEvent('keydown', { key, ...more }), isOn);

describe('keyOf', () => {
  afterEach(() => (document.body.innerHTML = ''));

  test('knows a key by what it produces, wherever it lies', () => {
    expect(['j', '/', '?', 'Escape', 'q', 'F8'].map((key) => press(key))).toEqual([
      'j',
      '/',
      '?',
      'Escape',
      null,
      null,
    ]);
    // AZERTY has Z where others have W; Dvorak has a full stop where others have E.
    expect([press('z', { code: 'KeyW' }), press('w', { code: 'KeyZ' }), press('.', { code: 'KeyE' })]).toEqual([
      'z',
      null,
      null,
    ]);
  });

  test('ignores Caps Lock', () => {
    expect(['J', 'E'].map((key) => press(key))).toEqual(['j', 'e']);
  });

  test.each([
    ['Russian', 'о', 'KeyJ', 'j'],
    ['Greek', 'Ε', 'KeyE', 'e'],
    ['Hebrew', 'ק', 'KeyE', 'e'],
    ['Thai', '่', 'KeyJ', 'j'],
    ['Korean', 'ㅏ', 'KeyK', 'k'],
    ['Czech, a Latin layout', 'ě', 'Digit2', null],
    ['Turkish, a Latin layout', 'ş', 'Semicolon', null],
  ])('%s: %s', (_, key, code, expected) => {
    expect(press(key, { code })).toBe(expected);
  });

  test('leaves the keys of an input method alone', () => {
    expect(press('j', { isComposing: true })).toBeNull();
    expect(press('j', { keyCode: 229 })).toBeNull();
    expect(press('Escape', { isComposing: true })).toBeNull();
  });

  test('a held key moves, and does nothing else', () => {
    const held = ['j', 'k', 'e', 'u', 'x', 's', 'z', '/', '?', 'Escape'].filter((key) => press(key, { repeat: true }));
    expect(held).toEqual(['j', 'k']);
  });

  test('only Escape counts where keys of one character are turned off', () => {
    const counting = ['j', 'e', '/', '?', 'Escape'].filter((key) => press(key, {}, false));
    expect(counting).toEqual(['Escape']);
  });

  test('leaves keys with a modifier and keys typed into a field alone', () => {
    expect([press('j', { ctrlKey: true }), press('j', { metaKey: true }), press('j', { altKey: true })]).toEqual([
      null,
      null,
      null,
    ]);
    document.body.innerHTML = '<input /><input type="checkbox" />';
    const on = [...document.querySelectorAll('input')].map((field) => {
      const event = new KeyboardEvent('keydown', { key: 'j', bubbles: true });
      field.dispatchEvent(event);
      return keyOf(event, true);
    });
    expect(on).toEqual([null, 'j']);
  });
});
