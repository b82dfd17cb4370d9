import { LiveRegion } from '#app/a11y/live-region';
import { InboxStore } from '#app/inbox/inbox-store';
import { provideZonelessChangeDetection, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { InboxItem } from '@herald/client/inbox';
import { testItem } from '@herald/client/testing';
import { jest } from '@jest/globals';
import { OverlayContainer, ToastrService } from 'ngx-toastr';
import { NEVER, Subject } from 'rxjs';
import { Announcer } from '../announcer';
import { OpenNotification } from '../open-notification';
import { TabLeader } from '../tab-leader';
import { ToastFeed } from './toast-feed';
import { ToastFocus } from './toast-focus';

describe('a notification that requires confirmation', () => {
  const loaded = signal<readonly InboxItem[]>([]);
  const openId = signal<string | null>(null);
  let said: string[];
  let toasts: { toastId: number; onHidden: Subject<void> }[];
  const shown = {
    show: () => {
      const toast = { toastId: toasts.length, onTap: NEVER, onHidden: new Subject<void>() };
      toasts.push(toast);
      return toast;
    },
    remove: (id: number) => {
      const removed = toasts.find(({ toastId }) => toastId === id);
      toasts = toasts.filter((toast) => toast !== removed);
      removed?.onHidden.next();
    },
    get toasts() {
      return toasts;
    },
  };

  beforeEach(() => {
    jest.useFakeTimers();
    openId.set(null);
    said = [];
    toasts = [];
    window.matchMedia = () => ({ matches: false }) as MediaQueryList;
    TestBed.configureTestingModule({
      providers: [
        provideZonelessChangeDetection(),
        { provide: ToastrService, useValue: shown },
        { provide: OverlayContainer, useValue: { getContainerElement: () => document.createElement('div') } },
        { provide: InboxStore, useValue: { loaded, known: () => undefined, fate: () => null } },
        ToastFeed,
        { provide: Announcer, useValue: { announcements: NEVER } },
        { provide: OpenNotification, useValue: { id: openId } },
        { provide: TabLeader, useValue: { isLeader: () => true } },
        { provide: LiveRegion, useValue: { announce: (text: string) => said.push(text) } },
        { provide: ToastFocus, useValue: {} },
      ],
    });
    TestBed.inject(ToastFeed);
  });

  afterEach(() => jest.useRealTimers());

  it('returns after a minute unless it is confirmed, archived or snoozed', () => {
    const open = testItem('Fire', { requiresAck: true });
    loaded.set([
      open,
      { ...open, id: 'a', acknowledged: true },
      { ...open, id: 'b', archived: true },
      { ...open, id: 'c', snoozedUntil: '2026-02-01T08:00:00.000Z' },
    ]);
    jest.advanceTimersByTime(60_000);
    expect(said).toEqual(['Still to be confirmed: Fire']);
  });

  it('stays silent while snoozed, and returns afterwards', () => {
    const snoozed = testItem('Fire', { requiresAck: true, snoozedUntil: '2026-02-01T08:00:00.000Z' });
    loaded.set([snoozed]);
    jest.advanceTimersByTime(180_000);
    expect(said).toEqual([]);
    loaded.set([{ ...snoozed, snoozedUntil: null }]);
    jest.advanceTimersByTime(60_000);
    expect(said).toEqual(['Still to be confirmed: Fire']);
  });

  it('removes the toast while the notification is open', () => {
    const fire = testItem('Fire', { requiresAck: true });
    loaded.set([fire]);
    jest.advanceTimersByTime(60_000);
    expect(toasts).toHaveLength(1);
    openId.set(fire.id);
    TestBed.tick();
    expect(toasts).toEqual([]);
    jest.advanceTimersByTime(60_000);
    expect(toasts).toEqual([]);
    openId.set(null);
    jest.advanceTimersByTime(60_000);
    expect(toasts).toHaveLength(1);
  });

  it('is shown no longer when the session ends', () => {
    loaded.set([testItem('Fire', { requiresAck: true })]);
    jest.advanceTimersByTime(60_000);
    expect(toasts).toHaveLength(1);
    TestBed.resetTestingModule();
    expect(toasts).toEqual([]);
  });
});
