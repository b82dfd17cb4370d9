import { plot } from './plot.js';

const CHART = {
  title: 'Cost <each>',
  unit: 'µs',
  bars: [
    { label: 'Herald', value: 1 },
    { label: 'other', value: 4 },
  ],
};

test('draws all bars to one scale, and the bar of Herald in its own colour', () => {
  const widths = Array.from(
    plot([CHART], 'today').matchAll(/class="(bar[^"]*)" .*?width="([\d.]+)"/g),
    ([, kind, width]) => [kind, Number(width)],
  );
  expect(widths.map(([kind]) => kind)).toEqual(['bar ours', 'bar']);
  expect(Number(widths[1]![1]) / Number(widths[0]![1])).toBeCloseTo(4, 1);
});

test('is well-formed, and has colours for dark mode', () => {
  const svg = plot([CHART], 'Tom & "Ada"');
  expect(svg).toContain('Cost &lt;each>');
  expect(svg).toContain('Tom &amp; &quot;Ada&quot;');
  expect(svg).toContain('prefers-color-scheme: dark');
});
