import { runInNewContext } from 'node:vm';
import { RunningServer } from './running-server.js';

test('Swagger UI stores no token in the browser, and removes the token of an earlier version', async () => {
  const server = await RunningServer.start();
  const { body } = await server.get('/docs/swagger-ui-init.js');
  await server.close();
  expect(body).toMatch(/"persistAuthorization": false/);
  const [, onComplete = ''] = /"onComplete": (function[^]*?\n?\})(?:,|\n)/.exec(body as string) ?? [];
  expect(onComplete).toContain('removeItem');
  const dropped: string[] = [];
  // Evaluates the source with the globals of a page, as a browser does.
  runInNewContext(`(${onComplete})()`, { localStorage: { removeItem: (name: string) => dropped.push(name) } });
  expect(dropped).toEqual(['authorized']);
});
