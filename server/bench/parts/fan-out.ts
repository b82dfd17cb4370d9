import { Fleet } from '../load/fleet.js';
import { Publisher } from '../load/publisher.js';
import { Schedule } from '../load/schedule.js';
import { type Cost, costOf } from '../process/cost.js';
import type { System, SystemName } from '../systems/system.js';

export interface FanOutLoad {
  connections: number;
  /** Notifications a second. */
  rate: number;
  seconds: number;
  /** Load before the measurement, so that the server's code is compiled when it begins. */
  warmUp: { rate: number; seconds: number };
}

/** Cost of a steady stream of notifications to everyone. */
export interface FanOut extends Cost {
  system: SystemName;
  deliveries: number;
  microsPerDelivery: number;
  /** Share of the kernel, most of it for writes. */
  kernelMicrosPerDelivery: number;
  /** Milliseconds from the due time to the receipt. */
  p50: number;
  p99: number;
  p999: number;
}

/** Publishes at a steady rate, and resolves once every client has received everything. */
export async function fanOut(system: System, { connections, rate, seconds, warmUp }: FanOutLoad): Promise<FanOut> {
  // The warm-up has connections of its own, so that the measured ones are new to the server.
  const before = await connect(system, connections);
  await before.publish(warmUp.rate, warmUp.seconds);
  before.close();
  const { fleet, publish, close } = await connect(system, connections);
  const cost = await costOf(system.pid, () => publish(rate, seconds));
  close();
  const { delivered: deliveries, latency } = fleet;
  const [p50, p99, p999] = [0.5, 0.99, 0.999].map((share) => latency.low.quantile(share)) as [number, number, number];
  const [microsPerDelivery, kernelMicrosPerDelivery] = [
    cost.serverCpuMicros / deliveries,
    cost.serverKernelMicros / deliveries,
  ];
  return { system: system.name, deliveries, microsPerDelivery, kernelMicrosPerDelivery, ...cost, p50, p99, p999 };
}

async function connect(system: System, connections: number) {
  const schedule = new Schedule();
  const fleet = await Fleet.connect({ ...system, schedule, count: connections });
  const publisher = await Publisher.connect(system, schedule);
  const publish = async (perSecond: number, forSeconds: number): Promise<void> => {
    await publisher.openLoop('low', perSecond, perSecond * forSeconds);
    await fleet.allDelivered();
  };
  const close = (): void => {
    publisher.close();
    fleet.drop();
  };
  return { fleet, publish, close };
}
