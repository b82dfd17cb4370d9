import { Person } from '#app/session/person';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import type { Draft } from './draft';
import { DRAFT_MAX_BYTES, DraftKeeper } from './draft-keeper';

const draft = (title: string): Draft => ({
  ...{ audience: null, title, message: '', priority: 'medium', category: 'general' },
  options: {
    ...{ url: '', tags: '', key: '', expiresAt: '', deliverAt: '', markdown: false, requiresAck: false },
    actions: [],
  },
});
const KEY = 'herald.draft.ada';

describe('DraftKeeper', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    localStorage.clear();
  });

  const opened = (username = 'ada'): DraftKeeper => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({ providers: [DraftKeeper, { provide: Person, useValue: { username } }] });
    return TestBed.inject(DraftKeeper);
  };

  test('keeps a draft for the next page of the same person only', () => {
    opened().keep(draft('Standup'));
    expect(opened().read()).toEqual(draft('Standup'));
    expect(opened('bob').read()).toBeNull();
  });

  test('forgets a draft that is empty again, but not the draft of another tab', () => {
    const [ours, other] = [opened(), opened()];
    ours.keep(draft('Standup'));
    other.keep(draft(''));
    expect(opened().read()).toEqual(draft('Standup'));
    ours.keep(draft(''));
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  test('forgets a draft that was sent, but not the one that has taken its place', () => {
    const keeper = opened();
    keeper.keep(draft('Next'));
    keeper.forgetSent(draft('Sent'));
    expect(keeper.read()).toEqual(draft('Next'));
    keeper.forgetSent(draft('Next'));
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  test('keeps the one before if a draft is too large', () => {
    const keeper = opened();
    keeper.keep(draft('Standup'));
    keeper.keep(draft('x'.repeat(DRAFT_MAX_BYTES / 2)));
    expect(keeper.read()).toEqual(draft('Standup'));
  });

  test('does nothing where storage is full', () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('The quota has been exceeded', 'QuotaExceededError');
    });
    expect(() => opened().keep(draft('Standup'))).not.toThrow();
  });
});
