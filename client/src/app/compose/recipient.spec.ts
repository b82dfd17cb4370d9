import type { Recipients } from '../../../../protocol/recipients';
import { channelMeant, groupsOf } from './recipient';

const OFFERED: Recipients = { everyone: true, users: ['ada', 'ops'], roles: ['ops', 'oncall'], topics: ['builds', 'oncall'] };

describe('recipients', () => {
  it.each([
    ['everyone', 'everyone'],
    ['Everyone', 'everyone'],
    ['role:ops', 'role:ops'],
    ['@ops', 'user:ops'],
    ['#builds', 'topic:builds'],
    ['ada', 'user:ada'],
    ['ops', 'user:ops'],
    ['oncall', 'role:oncall'],
    ['builds', 'topic:builds'],
    ['nobody', 'user:nobody'],
    ['planet:mars', 'planet:mars'],
  ])('%s means %s', (word, channel) => expect(channelMeant(word, OFFERED)).toBe(channel));

  it('are offered by kind, without those that were chosen', () => {
    expect(groupsOf(OFFERED, '', ['everyone', 'user:ada', 'role:ops', 'role:oncall'])).toEqual([
      { name: 'People', channels: ['user:ops'] },
      { name: 'Topics', channels: ['topic:builds', 'topic:oncall'] },
    ]);
    expect(groupsOf({ ...OFFERED, everyone: false }, '', [])[0]?.name).toBe('People');
  });

  it('offer everyone for as long as it begins so', () => {
    expect(groupsOf(OFFERED, 'Ever', [])[0]).toEqual({ name: 'All', channels: ['everyone'] });
    expect(groupsOf(OFFERED, 'ada', [])[0]?.name).toBe('People');
  });
});
