import { EMPTY_INBOX, type Inbox, type Known } from '../inbox.js';
import { KNOWN_MAX, trimmed } from './trimmed.js';

function inboxOf(count: number): Inbox {
  const ids = Array.from({ length: count }, (_, n) => String(n).padStart(6, '0'));
  return { ...EMPTY_INBOX, known: new Map(ids.map((id) => [id, { asOf: id, mark: {} } as Known])) };
}

describe('trimmed', () => {
  it('leaves alone what is within bounds', () => {
    const inbox = inboxOf(2 * KNOWN_MAX);
    expect(trimmed(inbox)).toBe(inbox);
  });

  it('keeps the newest, and asks for the others again from there on', () => {
    const inbox = trimmed(inboxOf(2 * KNOWN_MAX + 1));
    expect([inbox.known.size, inbox.known.has(String(2 * KNOWN_MAX).padStart(6, '0')), inbox.nextCursor]).toEqual([
      KNOWN_MAX,
      true,
      '010001',
    ]);
  });
});
