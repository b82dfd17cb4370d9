import type { Recipients } from '@herald/protocol';
import { channelMeant, groupsOf, merged } from './recipient';

const OFFERED: Recipients = {
  everyone: true,
  users: ['ada', 'ops'],
  roles: ['ops', 'oncall'],
  topics: ['builds', 'oncall'],
};

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

  it('are grouped by kind, with everyone only for senders who may broadcast', () => {
    expect(groupsOf(OFFERED, '')).toEqual([
      { name: 'All', values: ['everyone'] },
      { name: 'People', values: ['user:ada', 'user:ops'] },
      { name: 'Roles', values: ['role:ops', 'role:oncall'] },
      { name: 'Topics', values: ['topic:builds', 'topic:oncall'] },
    ]);
    expect(groupsOf({ ...OFFERED, everyone: false }, '')[0]?.values).toEqual([]);
  });

  it('are merged, each name once', () => {
    const later: Recipients = { everyone: false, users: ['ops', 'bob'], roles: [], topics: ['builds'] };
    expect(merged(OFFERED, later)).toEqual({ ...OFFERED, users: ['ada', 'ops', 'bob'] });
  });

  it('include everyone only while the typed part matches it', () => {
    expect(groupsOf(OFFERED, 'Ever')[0]?.values).toEqual(['everyone']);
    expect(groupsOf(OFFERED, 'ada')[0]?.values).toEqual([]);
  });
});
