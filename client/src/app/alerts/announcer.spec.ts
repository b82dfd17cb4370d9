import { InboxStore } from '#app/inbox/inbox-store';
import { Chime } from '#app/platform/chime';
import { PreferencesStore } from '#app/preferences/preferences-store';
import { Person } from '#app/session/person';
import { provideZonelessChangeDetection, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { Arrival, InboxItem } from '@herald/client/inbox';
import { testItem } from '@herald/client/testing';
import { DEFAULT_PREFERENCES, type Preferences } from '@herald/protocol';
import { jest } from '@jest/globals';
import { Subject } from 'rxjs';
import { Announcer } from './announcer';
import { DesktopNotifications } from './desktop-notifications';
import { TabLeader } from './tab-leader';

describe('Announcer', () => {
  const arrivals = new Subject<Arrival>();
  const elsewhere = new Subject<readonly string[]>();
  const isLeader = signal(true);
  const preferences = signal<Preferences | null>(DEFAULT_PREFERENCES);
  let announced: string[];
  let told: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    isLeader.set(true);
    preferences.set(DEFAULT_PREFERENCES);
    announced = [];
    told = [];
    TestBed.configureTestingModule({
      providers: [
        provideZonelessChangeDetection(),
        { provide: InboxStore, useValue: { arrivals } },
        { provide: PreferencesStore, useValue: { preferences } },
        Announcer,
        { provide: Person, useValue: { username: 'ada' } },
        {
          provide: TabLeader,
          useValue: { isLeader, announced: elsewhere, tell: (ids: string[]) => told.push(...ids) },
        },
        { provide: Chime, useValue: {} },
        { provide: DesktopNotifications, useValue: {} },
      ],
    });
    TestBed.inject(Announcer).announcements.subscribe(({ single }) => announced.push(...single.map(({ id }) => id)));
  });

  afterEach(() => {
    jest.useRealTimers();
    localStorage.clear();
  });

  function arrive(items: InboxItem[]): void {
    arrivals.next({ items, isLate: false });
  }

  it('tells the other tabs which ids it announces', () => {
    arrive([testItem('a'), testItem('b')]);
    expect([announced, told]).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('announces nothing while another tab is leader, and then whatever that tab did not', () => {
    isLeader.set(false);
    arrive([testItem('a'), testItem('b')]);
    elsewhere.next(['a']);
    expect(announced).toEqual([]);
    isLeader.set(true);
    TestBed.tick();
    expect(announced).toEqual(['b']);
  });

  it('does not repeat an announcement that another tab made before the notification arrived here', () => {
    isLeader.set(false);
    elsewhere.next(['a']);
    arrive([testItem('a')]);
    isLeader.set(true);
    TestBed.tick();
    expect(announced).toEqual([]);
  });

  it('announces only recent arrivals when it becomes leader', () => {
    isLeader.set(false);
    arrive([testItem('old')]);
    jest.advanceTimersByTime(4000);
    arrive([testItem('new')]);
    // A step of the wall clock must not age announcements.
    jest.setSystemTime(Date.now() + 60_000);
    jest.advanceTimersByTime(2000);
    isLeader.set(true);
    TestBed.tick();
    expect(announced).toEqual(['new']);
  });

  it("waits until the person's preferences are known", () => {
    preferences.set(null);
    arrive([testItem('a')]);
    expect(announced).toEqual([]);
    preferences.set(DEFAULT_PREFERENCES);
    TestBed.tick();
    expect(announced).toEqual(['a']);
  });
});
