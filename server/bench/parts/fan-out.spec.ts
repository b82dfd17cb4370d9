import { RunningServer } from '../../test/running-server.js';
import { HeraldDialect } from '../load/herald-dialect.js';
import type { System } from '../systems/system.js';
import { fanOut } from './fan-out.js';

test('counts and times every delivery of a small fan-out', async () => {
  const server = await RunningServer.start();
  const token = await server.signIn();
  const system: System = {
    name: 'Herald',
    pid: process.pid,
    port: server.port,
    dialect: new HeraldDialect(token),
    publishPath: '/api/notifications/send',
    publishHeaders: [`Authorization: Bearer ${token}`],
    stop: () => server.close(),
  };
  const result = await fanOut(system, { connections: 20, rate: 500, seconds: 1, warmUp: { rate: 500, seconds: 0.1 } });
  expect(result.deliveries).toBe(20 * 500);
  expect(result.kernelMicrosPerDelivery).toBeLessThan(result.microsPerDelivery);
  expect(result.p50).toBeGreaterThan(0);
  expect(result.p999).toBeGreaterThanOrEqual(result.p50);
});
