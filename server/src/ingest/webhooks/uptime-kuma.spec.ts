import type { ForeignMessage } from '../fitted-draft.js';
import { uptimeKuma } from './uptime-kuma.js';

const MONITOR = { id: 29, name: 'Shop', url: 'https://shop.example/', type: 'http', basic_auth_pass: 'secret' };

function beat(status: number, msg: string, monitor: object = MONITOR): Record<string, unknown> {
  return { heartbeat: { monitorID: 29, status, time: '2026-11-30 23:51:35.527', msg }, monitor, msg: `[Shop] ${msg}` };
}

describe('the template uptime-kuma', () => {
  const key = 'uptime-kuma/29';
  const url = 'https://shop.example/';

  test.each<[string, Record<string, unknown>, Partial<ForeignMessage>]>([
    [
      'a monitor that is down',
      beat(0, 'timeout'),
      { title: 'Shop down', message: '[Shop] timeout', priority: 'high', key, url },
    ],
    [
      'a monitor that is up again',
      beat(1, '200 - OK'),
      { title: 'Shop up', message: '[Shop] 200 - OK', priority: 'low', key, url },
    ],
    ['a pending monitor', beat(2, 'x'), { title: 'Shop pending', priority: 'low', key }],
    ['a monitor under maintenance', beat(3, 'x'), { title: 'Shop under maintenance', priority: 'low', key }],
    [
      'a monitor of another type',
      beat(0, 'x', { id: 3, name: 'Ping', url: 'https://' }),
      { title: 'Ping down', key: 'uptime-kuma/3' },
    ],
    [
      'a test',
      { heartbeat: null, monitor: null, msg: 'Herald Testing' },
      { title: undefined, message: 'Herald Testing' },
    ],
    [
      'a monitor without a heartbeat',
      { monitor: MONITOR, msg: 'certificate expires' },
      { title: 'Shop', message: 'certificate expires' },
    ],
    ['nothing that it knows', {}, { title: undefined, message: '' }],
  ])('reads %s', (_, payload, expected) => {
    expect(uptimeKuma(payload)).toMatchObject({ markdown: false, ...expected });
  });

  test('has no address that is none, and no password of a monitor', () => {
    expect(uptimeKuma(beat(0, 'x', { ...MONITOR, url: 'https://' })).url).toBeUndefined();
    expect(JSON.stringify(uptimeKuma(beat(0, 'x')))).not.toContain('secret');
  });
});
