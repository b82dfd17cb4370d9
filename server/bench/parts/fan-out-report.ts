import { figure, percent } from '../report/numbers.js';
import type { Chart } from '../report/part-report.js';
import type { SystemName } from '../systems/system.js';
import type { FanOut } from './fan-out.js';

export const FAN_OUT_COLUMNS = [
  ...['system', 'CPU-µs per delivery', 'of them kernel', '× Herald', 'p50 ms', 'p99 ms', 'p99.9 ms'],
  ...['deliveries/s', 'server CPU', 'client CPU'],
];

export function fanOutRows(results: readonly FanOut[]): string[][] {
  return results.map((result) => [
    result.system,
    ...[
      result.microsPerDelivery,
      result.kernelMicrosPerDelivery,
      ratioTo(result.system, results),
      result.p50,
      result.p99,
      result.p999,
    ].map(figure),
    figure(result.deliveries / result.seconds),
    percent(result.serverShare),
    percent(result.clientShare),
  ]);
}

/** How many times Herald's CPU per delivery a system needs. */
export function ratioTo(system: SystemName, results: readonly FanOut[]): number {
  const cost = (name: SystemName): number => results.find((result) => result.system === name)?.microsPerDelivery ?? NaN;
  return cost(system) / cost('Herald');
}

export function chartOf(title: string, results: readonly FanOut[]): Chart {
  return {
    title,
    unit: 'µs',
    bars: results.map(({ system, microsPerDelivery }) => ({ label: system, value: microsPerDelivery })),
  };
}
