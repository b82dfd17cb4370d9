import type { Place, Stretch } from '../../repository/notification-repository.js';
import { Unconfirmed, UNCONFIRMED_CONNECTIONS_MAX, UNCONFIRMED_USERS_MAX } from './unconfirmed.js';

const sent = (from: number, to: number, channel = 'everyone'): Stretch => ({ channel, lane: 'low', from, to });
const at = (offset: number, channel = 'everyone'): Place => ({ channel, lane: 'low', offset });

describe('Unconfirmed', () => {
  let unconfirmed: Unconfirmed;
  beforeEach(() => {
    unconfirmed = new Unconfirmed();
  });

  test('confirms sent entries up to the position of a resuming client, once', () => {
    unconfirmed.keep('ada', [sent(3, 4), sent(5, 9), sent(1, 1, 'topic:x')]);
    expect(unconfirmed.resume('ada', [at(6), at(0, 'topic:x')])).toEqual([sent(3, 4), sent(5, 6)]);
    expect(unconfirmed.resume('ada', [at(9)])).toEqual([]);
  });

  test('confirms nothing for another device of the same person or for another person', () => {
    unconfirmed.keep('ada', [sent(3, 4)]);
    expect(unconfirmed.resume('ada', [at(2)])).toEqual([]);
    expect(unconfirmed.resume('ada', [at(7)])).toEqual([]);
    expect(unconfirmed.resume('eve', [at(4)])).toEqual([]);
    expect(unconfirmed.resume('ada', [at(4)])).toEqual([sent(3, 4)]);
  });

  test('keeps only the latest connections and people', () => {
    for (let n = 0; n <= UNCONFIRMED_CONNECTIONS_MAX; n++) unconfirmed.keep('ada', [sent(n + 1, n + 1)]);
    expect(unconfirmed.resume('ada', [at(1)])).toEqual([]);
    expect(unconfirmed.resume('ada', [at(2)])).toEqual([sent(2, 2)]);
    for (let n = 0; n < UNCONFIRMED_USERS_MAX; n++) unconfirmed.keep(`user${n}`, [sent(1, 1)]);
    expect(unconfirmed.resume('ada', [at(3)])).toEqual([]);
  });
});
