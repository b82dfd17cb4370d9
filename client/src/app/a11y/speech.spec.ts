import { jest } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { Speech } from './speech';

const linesIn = (manner: string): (string | null)[] =>
  [...document.querySelectorAll(`[aria-live=${manner}] p`)].map(({ textContent }) => textContent);

describe('Speech', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    document.body.replaceChildren();
  });
  afterEach(() => jest.useRealTimers());

  it('appends each line to the region of its manner, so that no line replaces another', () => {
    const speech = TestBed.inject(Speech);
    speech.say('Saved');
    speech.say('Saved');
    speech.say('Fire', 'assertive');
    expect(linesIn('polite')).toEqual(['Saved', 'Saved']);
    expect(linesIn('assertive')).toEqual(['Fire']);
  });

  it('removes a line after it was read, and keeps the regions', () => {
    const speech = TestBed.inject(Speech);
    speech.say('Saved');
    jest.advanceTimersByTime(6999);
    expect(linesIn('polite')).toEqual(['Saved']);
    jest.advanceTimersByTime(1);
    expect(linesIn('polite')).toEqual([]);
    expect(document.querySelectorAll('[aria-live]')).toHaveLength(2);
  });

  it('renders markup as text', () => {
    TestBed.inject(Speech).say('<img src=x>');
    expect(linesIn('polite')).toEqual(['<img src=x>']);
    expect(document.querySelector('img')).toBeNull();
  });
});
