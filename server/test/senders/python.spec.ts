import { useServer } from '../running-server.js';
import { cut, InboxOfSenders, LONG, LONG_TITLE, MESSAGE, sent, UPDATE } from './inbox-of-senders.js';
import { APPRISE, describeWith, PYTHON, run } from './programs.js';

/** python-ntfy writes headers in Latin-1, which has no emoji. */
const TITLE = 'Größe geändert';

describeWith(APPRISE, 'the Python packages gotify and python-ntfy', () => {
  const server = useServer();
  let inbox: InboxOfSenders;

  beforeAll(async () => {
    inbox = await InboxOfSenders.of(server);
    const keys = [await inbox.keyFor('gotify'), await inbox.keyFor('ntfy')];
    const texts = [TITLE, MESSAGE, UPDATE, LONG_TITLE, LONG];
    await run(PYTHON, ['server/test/senders/clients.py', server.host, ...keys, ...texts]);
  });

  test('gotify sends a priority, Markdown and a long text', async () => {
    expect(await inbox.from('gotify')).toEqual([
      sent('gotify', {
        ...{ title: TITLE, priority: 'high', markdown: true },
        data: { gotify: { priority: 8 }, extras: { 'app::note': { n: 1 } } },
      }),
      sent('gotify', {
        ...{ title: LONG_TITLE, message: cut(LONG), priority: 'low' },
        data: { gotify: { priority: 0 }, cut: ['message'] },
      }),
    ]);
  });

  test('python-ntfy sends a priority, Markdown, tags, an update and a long text', async () => {
    expect(await inbox.from('ntfy')).toEqual([
      sent('ntfy', {
        ...{ title: TITLE, message: UPDATE, priority: 'high', markdown: true, tags: ['tada', 'skull'] },
        ...{ key: 'builds/street', isUpdate: true, data: { ntfy: { priority: 4 } } },
      }),
      sent('ntfy', {
        ...{ title: LONG_TITLE, message: cut(LONG), priority: 'medium' },
        data: { ntfy: { priority: 3 }, cut: ['message'] },
      }),
    ]);
  });
});
