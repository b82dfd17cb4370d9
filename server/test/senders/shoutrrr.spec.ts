import { useServer } from '../running-server.js';
import {
  type Arrived,
  cut,
  sent,
  InboxOfSenders,
  LONG,
  LONG_TITLE,
  MESSAGE,
  TITLE,
  UPDATE,
} from './inbox-of-senders.js';
import { describeWith, run, SHOUTRRR } from './programs.js';

const ofTitle = `title=${encodeURIComponent(TITLE)}`;
const ofLongTitle = `title=${LONG_TITLE}`;
const long = (data: object): Partial<Arrived> => ({
  ...{ title: LONG_TITLE, message: cut(LONG) },
  data: { ...data, cut: ['message'] },
});

describeWith(SHOUTRRR, 'the Go modules shoutrrr', () => {
  const server = useServer();
  let inbox: InboxOfSenders;

  beforeAll(async () => {
    inbox = await InboxOfSenders.of(server);
  });

  describe.each(['containrrr', 'nicholas-fedor'])('of %s', (module) => {
    const send = (url: string, message: string): Promise<string> => run(SHOUTRRR, [module, url, message]);

    test('send a priority and a long text to gotify://', async () => {
      const app = `gotify-${module}`;
      const url = `gotify://${server.host}/${await inbox.keyFor(app)}?disabletls=yes`;
      await send(`${url}&priority=8&${ofTitle}`, MESSAGE);
      await send(`${url}&${ofLongTitle}`, LONG);
      expect(await inbox.from(app)).toEqual([
        sent(app, { priority: 'high', data: { gotify: { priority: 8 } } }),
        sent(app, long({ gotify: { priority: 0 } })),
      ]);
    });

    test('send a priority, tags, an update and a long text to ntfy://', async () => {
      const app = `ntfy-${module}`;
      const topic = `ntfy://:tk_${await inbox.keyFor(app)}@${server.host}/builds`;
      const sequence = `${topic}/street?scheme=http&priority=4&tags=tada,skull&${ofTitle}`;
      await send(sequence, MESSAGE);
      await send(sequence, UPDATE);
      await send(`${topic}?scheme=http&${ofLongTitle}`, LONG);
      expect(await inbox.from(app)).toEqual([
        sent(app, {
          ...{ message: UPDATE, priority: 'high', tags: ['tada', 'skull'], data: { ntfy: { priority: 4 } } },
          ...{ key: 'builds/street', isUpdate: true },
        }),
        sent(app, { ...long({ ntfy: { priority: 3 } }), priority: 'medium' }),
      ]);
    });

    test('send every field to generic://', async () => {
      const app = `generic-${module}`;
      const key = await inbox.keyFor(app);
      const fields = `$${ofTitle}&$priority=high&$markdown=yes&$tags=tada,skull&$key=street`;
      const url = `generic://${server.host}/api/notifications/send?disabletls=yes&template=json&@X-Gotify-Key=${key}&${fields}`;
      await send(url, MESSAGE);
      await send(url, UPDATE);
      expect(await inbox.from(app)).toEqual([
        sent(app, {
          ...{ message: UPDATE, priority: 'high', markdown: true, tags: ['tada', 'skull'] },
          ...{ key: 'street', isUpdate: true },
        }),
      ]);
    });
  });

  // The other module sends to mattermost:// over TLS only.
  test('of nicholas-fedor send Markdown and a long text to mattermost://', async () => {
    const url = `mattermost://${server.host}/${await inbox.keyFor('mattermost')}?disabletls=yes`;
    await run(SHOUTRRR, ['nicholas-fedor', url, `:tada: ${TITLE}\n${MESSAGE}`]);
    await run(SHOUTRRR, ['nicholas-fedor', url, `${LONG_TITLE}\n${LONG}`]);
    expect(await inbox.from('mattermost')).toEqual([
      sent('mattermost', { markdown: true, tags: ['tada'] }),
      sent('mattermost', { ...long({}), markdown: true }),
    ]);
  });
});
