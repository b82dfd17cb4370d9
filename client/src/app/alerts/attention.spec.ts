import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { Attention } from './attention';

describe('Attention', () => {
  let visibility: jest.SpiedGetter<DocumentVisibilityState>;
  let focus: jest.SpiedFunction<() => boolean>;

  beforeEach(() => {
    jest.useFakeTimers();
    visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('visible');
    focus = jest.spyOn(document, 'hasFocus').mockReturnValue(true);
  });
  afterEach(() => {
    TestBed.resetTestingModule();
    jest.restoreAllMocks();
    jest.useRealTimers();
  });

  test('is away while the page is hidden', () => {
    const { isAway } = TestBed.inject(Attention);
    expect(isAway()).toBe(false);
    visibility.mockReturnValue('hidden');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(isAway()).toBe(true);
    visibility.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(isAway()).toBe(false);
  });

  test('is away two minutes after the window has lost the focus, until it is back', () => {
    const { isAway } = TestBed.inject(Attention);
    focus.mockReturnValue(false);
    window.dispatchEvent(new Event('blur'));
    jest.advanceTimersByTime(119_999);
    expect(isAway()).toBe(false);
    jest.advanceTimersByTime(1);
    expect(isAway()).toBe(true);
    focus.mockReturnValue(true);
    window.dispatchEvent(new Event('focus'));
    expect(isAway()).toBe(false);
  });
});
