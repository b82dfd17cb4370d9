import type { NotificationDraft } from '@herald/protocol';
import { jest } from '@jest/globals';
import { SendKeys } from './send-keys';

const draft = (title: string): NotificationDraft => ({ title, message: 'Now', priority: 'low', category: 'test' });

describe('SendKeys', () => {
  afterEach(() => {
    jest.restoreAllMocks();
    localStorage.clear();
  });

  it('keeps the key over a reload of the page, for the same person', () => {
    const first = new SendKeys('ada').keyOf(draft('Standup'));
    expect(new SendKeys('bob').keyOf(draft('Standup'))).not.toBe(first);
    const reloaded = new SendKeys('ada');
    expect(reloaded.keyOf(draft('Standup'))).toBe(first);
    reloaded.forget(draft('Standup'));
    expect(new SendKeys('ada').keyOf(draft('Standup'))).not.toBe(first);
  });

  it('keeps the key where storage is full', () => {
    const keys = new SendKeys('ada');
    jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const first = keys.keyOf(draft('Standup'));
    expect(keys.keyOf(draft('Standup'))).toBe(first);
  });

  it('begins anew where something else is stored', () => {
    localStorage.setItem('herald.send-keys.ada', '[{"text":1}]');
    expect(new SendKeys('ada').keyOf(draft('Standup'))).toMatch(/^[0-9a-f]{32}$/);
  });

  it('returns the same key for the same draft until it is answered', () => {
    const keys = new SendKeys('ada');
    const first = keys.keyOf(draft('Standup'));
    expect(first).toMatch(/^[0-9a-f]{32}$/);
    expect(keys.keyOf(draft('Standup'))).toBe(first);
    keys.forget(draft('Standup'));
    expect(keys.keyOf(draft('Standup'))).not.toBe(first);
  });

  it('returns another key for a changed draft', () => {
    const keys = new SendKeys('ada');
    expect(keys.keyOf(draft('Standup'))).not.toBe(keys.keyOf(draft('Stand-up')));
  });

  it('drops a key 10 minutes after the last try', () => {
    const keys = new SendKeys('ada');
    const now = jest.spyOn(Date, 'now').mockReturnValue(0);
    const first = keys.keyOf(draft('Standup'));
    now.mockReturnValue(599_999);
    expect(keys.keyOf(draft('Standup'))).toBe(first);
    now.mockReturnValue(599_999 + 600_000);
    expect(keys.keyOf(draft('Standup'))).not.toBe(first);
  });

  it('keeps the keys of 20 drafts at most', () => {
    const keys = new SendKeys('ada');
    const first = keys.keyOf(draft('0'));
    const second = keys.keyOf(draft('1'));
    for (let n = 2; n <= 20; n++) keys.keyOf(draft(String(n)));
    expect(keys.keyOf(draft('1'))).toBe(second);
    expect(keys.keyOf(draft('0'))).not.toBe(first);
  });
});
