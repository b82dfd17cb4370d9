import type { ChannelPositions } from '@herald/protocol';
import { newestId } from './positions.ts';

describe('newestId', () => {
  it('is the newest of all lanes and channels', () => {
    const channels: ChannelPositions = {
      everyone: { high: [2, 'c'], low: [9, 'b'] },
      'user:ada': { medium: [1, 'd'] },
    };
    expect(newestId({ epoch: 'e', channels })).toBe('d');
  });

  it('is empty if every lane was empty', () => {
    expect(newestId({ epoch: 'e', channels: { everyone: { high: [0, null], low: [0, null] } } })).toBe('');
  });
});
