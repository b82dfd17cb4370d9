import { audienceInWords, channelInWords } from './channel-words';

describe('channelInWords', () => {
  it.each([
    ['everyone', 'everyone'],
    ['user:ada', 'ada'],
    ['role:ops', 'role ops'],
    ['topic:builds', 'topic builds'],
    ['planet:mars', 'planet:mars'],
  ])('%s reads %s', (channel, words) => expect(channelInWords(channel)).toBe(words));

  it('calls the reader "you"', () => {
    expect(audienceInWords(['user:ada', 'user:bob', 'role:ada', 'everyone'], 'ada')).toBe(
      'you, bob, role ada, everyone',
    );
  });

  it('joins several channels into a list', () => {
    expect(audienceInWords(['role:ops', 'user:ada'])).toBe('role ops, ada');
  });
});
