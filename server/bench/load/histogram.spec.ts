import { Histogram } from './histogram.js';

test('returns the time that a given share of the counts does not exceed', () => {
  const histogram = new Histogram();
  for (let ms = 1; ms <= 1000; ms++) histogram.add(ms);
  expect(histogram.quantile(0.5)).toBeCloseTo(500, 1);
  expect(histogram.quantile(0.99)).toBeCloseTo(990, 1);
  expect(histogram.quantile(1)).toBeCloseTo(1000, 1);
});

test('has no quantiles while it is empty', () => {
  expect(new Histogram().quantile(0.5)).toBeNaN();
});
