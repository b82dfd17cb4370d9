import { NTFY_TOPIC, SERVER_PATHS } from '@herald/protocol';
import { readFileSync } from 'node:fs';

interface WorkerConfig {
  navigationUrls: string[];
}

const routes = readFileSync('client/src/app/app.routes.ts', 'utf8');
const { navigationUrls } = JSON.parse(readFileSync('client/ngsw-config.json', 'utf8')) as WorkerConfig;

describe('the paths of the server', () => {
  test('are those of no route of the page', () => {
    const names = Array.from(routes.matchAll(/\bpath: '([^'/]*)/g), ([, name]) => name);
    expect(names).toContain('settings');
    expect(names.filter((name) => (SERVER_PATHS as readonly string[]).includes(name!))).toEqual([]);
  });

  test('are left to the network by the service worker', () => {
    for (const name of SERVER_PATHS)
      expect(navigationUrls).toEqual(expect.arrayContaining([`!/${name}`, `!/${name}/**`]));
  });

  test('are no topics of ntfy', () => {
    const topic = new RegExp(`^${NTFY_TOPIC}$`);
    expect([...SERVER_PATHS, 'metrics'].filter((name) => topic.test(name))).toEqual([]);
    expect(['apis', 'v10', 'my_api', '-', 'x'.repeat(64)].filter((name) => !topic.test(name))).toEqual([]);
  });
});
