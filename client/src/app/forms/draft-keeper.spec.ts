import { jest } from '@jest/globals';
import { DRAFT_MAX_BYTES, DraftKeeper } from './draft-keeper';

const KEY = 'herald.draft.ada';
const parse = (text: string): string | null => (text === '' ? null : (JSON.parse(text) as string));

describe('DraftKeeper', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    localStorage.clear();
  });

  const opened = (key = KEY) => new DraftKeeper<string>(key, parse, (draft) => draft === '');

  test('keeps a draft for the next page of the same person only', () => {
    opened().keep('Standup');
    expect(opened().read()).toEqual('Standup');
    expect(opened('herald.draft.bob').read()).toBeNull();
  });

  test('forgets a draft that is empty again, but not the draft of another tab', () => {
    const [ours, other] = [opened(), opened()];
    ours.keep('Standup');
    other.keep('');
    expect(opened().read()).toEqual('Standup');
    ours.keep('');
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  test('forgets a draft that was sent, but not the one that has taken its place', () => {
    const keeper = opened();
    keeper.keep('Next');
    keeper.forget('Sent');
    expect(keeper.read()).toEqual('Next');
    keeper.forget('Next');
    expect(localStorage.getItem(KEY)).toBeNull();
  });

  test('keeps the one before if a draft is too large', () => {
    const keeper = opened();
    keeper.keep('Standup');
    keeper.keep('x'.repeat(DRAFT_MAX_BYTES / 2));
    expect(keeper.read()).toEqual('Standup');
  });

  test('does nothing where storage is full', () => {
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('The quota has been exceeded', 'QuotaExceededError');
    });
    expect(() => opened().keep('Standup')).not.toThrow();
  });
});
