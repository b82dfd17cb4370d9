import { Person } from '#app/session/person';
import { GracePeriod } from '#app/undo/grace-period';
import { UndoBar } from '#app/undo/undo-bar';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { HeraldApi, HeraldError } from '@herald/client/api';
import type { Notification, ScheduledNotification } from '@herald/protocol';
import { jest } from '@jest/globals';
import { SentPage } from './sent-page';

const one = (id: string): Notification => ({
  ...{ id, title: `Title ${id}`, message: '**bold**', markdown: true, priority: 'low', category: 'news' },
  ...{ audience: ['role:ops', 'user:ada'], sender: 'ada', createdAt: '2026-01-31T08:00:00.000Z' },
});
const PLANNED = {
  ...one('planned'),
  audience: undefined,
  deliverAt: '2026-02-01T08:00:00.000Z',
  problem: 'there is no user bob',
  fault: { field: 'audience', code: 'unknown_user', reason: 'there is no user bob', params: { username: 'bob' } },
} as unknown as ScheduledNotification;

/** Callback of each observed element, for when it comes into view. */
const observed = new Map<Element, () => void>();
const comeIntoView = (element: Element): void => observed.get(element)?.();

globalThis.IntersectionObserver = class {
  readonly #callback: IntersectionObserverCallback;

  constructor(callback: IntersectionObserverCallback) {
    this.#callback = callback;
  }
  observe(element: Element): void {
    const entry = { isIntersecting: true } as IntersectionObserverEntry;
    observed.set(element, () => this.#callback([entry], this as unknown as IntersectionObserver));
  }
  disconnect(): void {
    // Nothing is held.
  }
} as unknown as typeof IntersectionObserver;

describe('the sent page', () => {
  const unreachable = new HeraldError(0);
  let api: {
    [Method in 'sent' | 'scheduled' | 'receipts' | 'retract' | 'cancel']: jest.Mock<
      (...args: unknown[]) => Promise<unknown>
    >;
  };
  let bar: { offer: jest.Mock<UndoBar['offer']>; refuse: jest.Mock<UndoBar['refuse']> };
  let page: ComponentFixture<SentPage>;

  beforeEach(() => {
    bar = {
      offer: jest.fn(() => Promise.resolve({ dismiss: () => undefined })),
      refuse: jest.fn(() => Promise.resolve()),
    };
    api = {
      sent: jest.fn((before) =>
        Promise.resolve(
          before === null ? { items: [one('b'), one('a')], nextCursor: 'a' } : { items: [one('0')], nextCursor: null },
        ),
      ),
      scheduled: jest.fn(() => Promise.resolve({ items: [], nextCursor: null })),
      receipts: jest.fn(() =>
        Promise.resolve({ recipients: 2, delivered: 1, read: 1, acted: 0, acknowledged: 0, choices: [], people: [] }),
      ),
      retract: jest.fn(() => Promise.resolve(null)),
      cancel: jest.fn(() => Promise.resolve(null)),
    };
    TestBed.configureTestingModule({
      providers: [
        provideRouter([]),
        { provide: HeraldApi, useValue: api },
        { provide: UndoBar, useValue: bar },
        { provide: Person, useValue: { username: 'ada' } },
        GracePeriod,
      ],
    });
  });

  async function open(): Promise<void> {
    page = TestBed.createComponent(SentPage);
    await page.whenStable();
  }

  const element = (): HTMLElement => page.nativeElement as HTMLElement;
  const titles = (): string[] => [...element().querySelectorAll('h3')].map(({ textContent }) => textContent);
  const text = (): string => element().textContent.replace(/\s+/g, ' ');

  async function press(name: string): Promise<void> {
    const buttons = [...element().querySelectorAll('button')];
    const button = buttons.find(
      (candidate) =>
        (candidate.ariaLabel ?? candidate.getAttribute('aria-label') ?? candidate.textContent.trim()) === name,
    );
    if (button === undefined) throw new Error(`There is no button ${name}`);
    button.click();
    await page.whenStable();
    // The answer arrives a turn later.
    await page.whenStable();
  }

  async function choose(item: string, title: string): Promise<void> {
    await press(`More: ${title}`);
    const items = [...document.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const one = items.find(({ textContent }) => textContent.trim() === item);
    if (one === undefined) throw new Error(`There is no menu item ${item}`);
    one.click();
    await page.whenStable();
  }

  async function endGrace(): Promise<void> {
    await TestBed.inject(GracePeriod).finish();
    await page.whenStable();
  }

  it('lists sent notifications, newest first, with their audience, and older ones on request', async () => {
    await open();
    expect(titles()).toEqual(['Title b', 'Title a']);
    expect(text()).toContain('to role ops, ada');
    expect(text()).not.toContain('from');
    await press('Show older');
    expect(titles()).toEqual(['Title b', 'Title a', 'Title 0']);
    expect(api.sent.mock.calls).toEqual([[null], ['a']]);
    expect(text()).not.toContain('Show older');
  });

  it('names the app that has sent a notification, or will send it', async () => {
    const sender = 'backup';
    api.sent.mockResolvedValue({ items: [{ ...one('a'), sender }], nextCursor: null });
    api.scheduled.mockResolvedValue({ items: [{ ...PLANNED, sender }], nextCursor: null });
    await open();
    expect(text()).toContain('low · from backup to role ops, ada');
    expect(text()).toContain('8:00 AM · from backup to everyone');
  });

  it('lists scheduled notifications separately, with the reason when one could not be sent', async () => {
    api.scheduled.mockResolvedValue({ items: [PLANNED], nextCursor: null });
    await open();
    expect(titles()).toEqual(['Title planned', 'Title b', 'Title a']);
    expect(text()).toContain('to everyone');
    expect(text()).toContain('Not sent: There is no user bob.');
    await choose('Cancel sending', 'Title planned');
    expect(api.cancel).not.toHaveBeenCalled();
    expect(text()).toContain('Being cancelled');
    await endGrace();
    expect(api.cancel).toHaveBeenCalledWith('planned');
    expect(titles()).toEqual(['Title b', 'Title a']);
    expect(text()).toContain('Cancelled “Title planned”');
  });

  it('lists more scheduled notifications on request', async () => {
    api.scheduled.mockImplementation((after) =>
      Promise.resolve(
        after === null
          ? { items: [PLANNED], nextCursor: 'later' }
          : { items: [{ ...PLANNED, id: 'z', title: 'Title z' }], nextCursor: null },
      ),
    );
    await open();
    await press('Show more scheduled');
    expect(titles()).toEqual(['Title planned', 'Title z', 'Title b', 'Title a']);
    expect(api.scheduled.mock.calls).toEqual([[null], ['later']]);
    expect(text()).not.toContain('Show more scheduled');
  });

  it('cancels a scheduled notification at once if it would be sent within the grace period', async () => {
    const deliverAt = new Date(Date.now() + 1500).toISOString();
    api.scheduled.mockResolvedValue({ items: [{ ...one('soon'), deliverAt }], nextCursor: null });
    await open();
    await choose('Cancel sending', 'Title soon');
    expect(api.cancel).toHaveBeenCalledWith('soon');
    expect(bar.offer).not.toHaveBeenCalled();
  });

  it('retracts a notification after the grace period, and marks it until then', async () => {
    await open();
    await choose('Take back', 'Title b');
    expect(api.retract).not.toHaveBeenCalled();
    expect(titles()).toEqual(['Title b', 'Title a']);
    expect(text()).toContain('Being taken back');
    await endGrace();
    expect(api.retract).toHaveBeenCalledWith('b');
    expect(titles()).toEqual(['Title a']);
    expect(text()).toContain('Took back “Title b”');
  });

  it('keeps a notification whose retraction is undone', async () => {
    await open();
    await choose('Take back', 'Title b');
    await choose('Undo', 'Title b');
    await endGrace();
    expect(text()).not.toContain('Being taken back');
    expect(titles()).toEqual(['Title b', 'Title a']);
    expect(api.retract).not.toHaveBeenCalled();
  });

  it('retracts at once when the page is left, and says if that failed', async () => {
    await open();
    await choose('Take back', 'Title b');
    api.retract.mockRejectedValue(unreachable);
    page.destroy();
    expect(api.retract).not.toHaveBeenCalledWith('a');
    await TestBed.inject(GracePeriod).finish();
    expect(api.retract).toHaveBeenCalledWith('b');
    await Promise.resolve();
    expect(bar.refuse).toHaveBeenCalledWith(expect.stringContaining('Not done: The server can’t be reached'));
  });

  it('moves the focus to the next notification after a retraction, and to the heading after the last', async () => {
    await open();
    document.body.append(element());
    for (const [name, next] of [
      ['b', 'More: Title a'],
      ['a', 'Sent'],
    ] as const) {
      await choose('Take back', `Title ${name}`);
      element().querySelector<HTMLElement>(`[aria-label="More: Title ${name}"]`)!.focus();
      await endGrace();
      expect(document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent).toBe(next);
    }
  });

  it('keeps a notification that could not be retracted, with the reason', async () => {
    await open();
    api.retract.mockRejectedValue(unreachable);
    await choose('Take back', 'Title b');
    await endGrace();
    expect(titles()).toEqual(['Title b', 'Title a']);
    expect(text()).toContain('The server can’t be reached');
    expect(text()).not.toContain('Took back');
    expect(text()).not.toContain('Being taken back');
  });

  it('shows the receipts of one notification at a time', async () => {
    await open();
    await press('Receipts: Title b');
    await press('Receipts: Title a');
    expect(api.receipts.mock.calls).toEqual([['b'], ['a']]);
    expect(text()).toContain('1 of 2 read');
    expect(element().querySelectorAll('h4')).toHaveLength(2);
    expect(text()).toContain('Read: 1');
    expect(text()).toContain('Not received yet: 1');
    expect(text()).not.toMatch(/answered|confirmed/);
    await press('Receipts: Title a');
    expect(element().querySelectorAll('h4')).toHaveLength(0);
  });

  it('tells how many have read one once it is in view, before its receipts are open', async () => {
    await open();
    expect(api.receipts).not.toHaveBeenCalled();
    comeIntoView(element().querySelectorAll('app-receipts-view')[1]!.parentElement!);
    await page.whenStable();
    await page.whenStable();
    expect(api.receipts.mock.calls).toEqual([['a']]);
    expect(text()).toContain('1 of 2 read');
  });

  it('counts answers and confirmations where they were asked for', async () => {
    api.sent.mockResolvedValue({ items: [{ ...one('b'), requiresAck: true }], nextCursor: null });
    const choices = [{ label: 'Yes', event: 'yes', count: 1 }];
    api.receipts.mockResolvedValue({ recipients: 2, delivered: 1, read: 1, acted: 1, acknowledged: 0, choices });
    await open();
    await press('Receipts: Title b');
    expect(text()).toContain('1 of 2 read · 1 answered · 0 confirmed');
  });

  it('says that nothing was sent only once that is known', async () => {
    api.sent.mockResolvedValue({ items: [], nextCursor: null });
    await open();
    expect(text()).toContain('Nothing sent yet');
    api.sent.mockRejectedValue(unreachable);
    await open();
    expect(text()).toContain('The server can’t be reached');
    expect(text()).not.toContain('Nothing sent yet');
  });

  it('shows that it is loading during a retry', async () => {
    api.sent.mockRejectedValue(unreachable);
    await open();
    api.sent.mockReturnValue(new Promise(() => undefined));
    await press('Try again');
    expect(text()).toContain('Loading…');
    expect(text()).not.toContain('Nothing sent yet');
  });
});
