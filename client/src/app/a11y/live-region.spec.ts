import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { LiveRegion } from './live-region';

const linesIn = (politeness: string): (string | null)[] =>
  [...document.querySelectorAll(`[aria-live=${politeness}] p`)].map(({ textContent }) => textContent);

describe('LiveRegion', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    document.body.replaceChildren();
  });
  afterEach(() => jest.useRealTimers());

  it('appends each line to the region of its politeness, so that no line replaces another', () => {
    const liveRegion = TestBed.inject(LiveRegion);
    liveRegion.announce('Saved');
    liveRegion.announce('Saved');
    liveRegion.announce('Fire', 'assertive');
    expect(linesIn('polite')).toEqual(['Saved', 'Saved']);
    expect(linesIn('assertive')).toEqual(['Fire']);
  });

  it('removes a line after it was read, and keeps the regions', () => {
    const liveRegion = TestBed.inject(LiveRegion);
    liveRegion.announce('Saved');
    jest.advanceTimersByTime(6999);
    expect(linesIn('polite')).toEqual(['Saved']);
    jest.advanceTimersByTime(1);
    expect(linesIn('polite')).toEqual([]);
    expect(document.querySelectorAll('[aria-live]')).toHaveLength(2);
  });

  it('renders markup as text', () => {
    TestBed.inject(LiveRegion).announce('<img src=x>');
    expect(linesIn('polite')).toEqual(['<img src=x>']);
    expect(document.querySelector('img')).toBeNull();
  });
});
