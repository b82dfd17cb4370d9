import { readAudience } from './audience';

describe('readAudience', () => {
  it('takes the names apart at commas and spaces, each once', () => {
    expect(readAudience(' user:ada, role:ops topic:builds,,user:ada ')).toEqual(['user:ada', 'role:ops', 'topic:builds']);
  });

  it('finds nobody where nothing is written, so that the server says what is missing', () => {
    expect(readAudience(' ')).toEqual([]);
  });
});
