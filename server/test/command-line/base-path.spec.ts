import type { AppWithKey } from '@herald/protocol';
import { DRAFT, useServer } from '../running-server.js';
import { useCommandLine } from './command-line.js';
import { Listening } from './listening.js';

describe('herald with a server below a path', () => {
  const server = useServer({ BASE_PATH: '/herald' });
  let key: string;
  const cli = useCommandLine(() => ({ HERALD_URL: `http://${server.host}/herald/`, HERALD_KEY: key }));

  test('checks it and listens', async () => {
    const admin = await server.signIn();
    ({ key } = (await server.post('/api/apps', { name: 'reader', scope: 'read' }, admin)).body as AppWithKey);
    expect(await cli.run(['check'])).toMatchObject({ code: 0, output: expect.not.stringContaining('FAIL') });
    const listening = await Listening.start(cli, ['--json']);
    await server.send(admin);
    expect(JSON.parse((await listening.count(1))[0]!)).toMatchObject(DRAFT);
    await listening.end();
  });
});
