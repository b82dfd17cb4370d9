import { surplusOf } from './retention.js';

const shareOf = (owner: string, count: number, bytesOfOne = 1000) => ({ owner, count, weight: count * bytesOfOne });

test('the largest share alone loses entries while it stays the largest', () => {
  expect(surplusOf([shareOf('ada', 100), shareOf('bob', 10)], 50)).toEqual([{ owner: 'ada', surplus: 50 }]);
});

test('shares of one size lose the same number at once', () => {
  const shares = ['ada', 'bob', 'cyd'].map((owner) => shareOf(owner, 100));
  expect(surplusOf(shares, 30)).toEqual(shares.map(({ owner }) => ({ owner, surplus: 10 })));
});

test('a share loses what makes it as large as the others, by its size and not by its number', () => {
  const lost = surplusOf([shareOf('ada', 60, 2000), shareOf('bob', 100), shareOf('cyd', 10)], 80);
  const left = new Map(lost.map(({ owner, surplus }) => [owner, surplus]));
  expect((60 - (left.get('ada') ?? 0)) * 2000).toBeCloseTo((100 - (left.get('bob') ?? 0)) * 1000, -4);
  expect(left.has('cyd')).toBe(false);
});

test('all shares together lose no more than there is', () => {
  expect(surplusOf([shareOf('ada', 2), shareOf('bob', 1)], 100)).toEqual([
    { owner: 'ada', surplus: 2 },
    { owner: 'bob', surplus: 1 },
  ]);
});
