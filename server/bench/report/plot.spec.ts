import { plot } from './plot.js';

const CHART = {
  title: 'Cost <each>',
  unit: 'µs',
  bars: [
    { label: 'Herald', value: 1 },
    { label: 'other', value: 4 },
  ],
};

test('draws the bars to one scale, and ours in its own colour', () => {
  const widths = Array.from(
    plot([CHART], 'today').matchAll(/class="(bar[^"]*)" .*?width="([\d.]+)"/g),
    ([, kind, width]) => [kind, Number(width)],
  );
  expect(widths.map(([kind]) => kind)).toEqual(['bar ours', 'bar']);
  expect(Number(widths[1]![1]) / Number(widths[0]![1])).toBeCloseTo(4, 1);
});

test('is well-formed, and has colours for a dark page', () => {
  const svg = plot([CHART], 'Tom & "Ada"');
  expect(svg).toContain('Cost &lt;each>');
  expect(svg).toContain('Tom &amp; &quot;Ada&quot;');
  expect(svg).toContain('prefers-color-scheme: dark');
});
