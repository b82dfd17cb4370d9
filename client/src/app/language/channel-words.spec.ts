import { audienceInWords, channelInWords } from './channel-words';

describe('channels', () => {
  it.each([
    ['everyone', 'everyone'],
    ['user:ada', 'ada'],
    ['role:ops', 'role ops'],
    ['topic:builds', 'topic builds'],
    ['planet:mars', 'planet:mars'],
  ])('%s is read as %s', (channel, words) => expect(channelInWords(channel)).toBe(words));

  it('call the reader "you"', () => {
    expect(audienceInWords(['user:ada', 'user:bob', 'role:ada', 'everyone'], 'ada')).toBe(
      'you, bob, role ada, everyone',
    );
  });

  it('are read one after the other', () => {
    expect(audienceInWords(['role:ops', 'user:ada'])).toBe('role ops, ada');
  });
});
