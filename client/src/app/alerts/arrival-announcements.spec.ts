import { LiveRegion } from '#app/a11y/live-region';
import { provideZonelessChangeDetection } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { testItem } from '@herald/client/testing';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { type Announcement, Announcer } from './announcer';
import { ArrivalAnnouncements } from './arrival-announcements';

describe('ArrivalAnnouncements', () => {
  const announcements = new Subject<Announcement>();
  let said: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    said = [];
    const say = (text: string, politeness = 'polite'): number => said.push(`${politeness}: ${text}`);
    TestBed.configureTestingModule({
      providers: [
        provideZonelessChangeDetection(),
        ArrivalAnnouncements,
        { provide: Announcer, useValue: { announcements } },
        { provide: LiveRegion, useValue: { announce: say } },
      ],
    });
    TestBed.inject(ArrivalAnnouncements);
    TestBed.tick();
  });

  afterEach(() => jest.useRealTimers());

  function announce(part: Partial<Announcement>): void {
    announcements.next({ single: [], late: null, folded: new Map(), summary: null, ...part });
  }

  it('interrupts at once for high priority, and collects the others', () => {
    announce({ single: [testItem('Fire', { priority: 'high' }), testItem('Lunch')] });
    expect(said).toEqual(['assertive: High priority: Fire. ']);
    jest.advanceTimersByTime(500);
    expect(said[1]).toBe('polite: New: Lunch. ');
  });

  it('announces a burst, folded arrivals included, as one count', () => {
    for (let n = 0; n < 5; n++) announce({ single: [testItem(String(n), { priority: 'low' })] });
    announce({ folded: new Map([['builds', 5]]) });
    jest.advanceTimersByTime(500);
    expect(said).toEqual(['polite: 10 new notifications']);
  });

  it('announces a continuing flood every five seconds', () => {
    for (let n = 0; n < 100; n++) {
      announce({ folded: new Map([['builds', 1]]) });
      jest.advanceTimersByTime(100);
    }
    expect(said).toEqual(['polite: 5 new notifications', 'polite: 50 new notifications']);
  });

  it('keeps announcing after the wall clock is set back', () => {
    announce({ single: [testItem('Lunch')] });
    jest.advanceTimersByTime(500);
    jest.setSystemTime(Date.now() - 3_600_000);
    announce({ single: [testItem('Dinner')] });
    jest.advanceTimersByTime(5000);
    expect(said).toEqual(['polite: New: Lunch. ', 'polite: New: Dinner. ']);
  });

  it('discards collected arrivals when the session ends', () => {
    announce({ single: [testItem('Lunch')] });
    TestBed.resetTestingModule();
    jest.advanceTimersByTime(10_000);
    expect(said).toEqual([]);
  });

  it('interrupts for missed arrivals when some are of high priority', () => {
    announce({ late: { count: 3, urgent: 1 }, summary: '14 came during quiet hours: 14 low' });
    announce({ late: { count: 3, urgent: 0 } });
    expect(said).toEqual([
      'assertive: 3 came while you were away, 1 of high priority',
      'polite: 14 came during quiet hours: 14 low',
      'polite: 3 came while you were away',
    ]);
  });
});
