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

/** CPU per delivery of a system, as a multiple of Herald's. */
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
