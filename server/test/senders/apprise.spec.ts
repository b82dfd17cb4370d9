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
import { APPRISE, describeWith, run } from './programs.js';

const MARKDOWN = 'format=markdown';
const FIELDS = `:priority=urgent&:markdown=yes&:tags=tada,skull&:key=street&${MARKDOWN}`;
/** Apprise sends tags to ntfy in any order. */
const TAGS: unknown = expect.arrayContaining(['tada', 'skull']);
const ofFields: Partial<Arrived> = { priority: 'high', markdown: true, tags: ['tada', 'skull'], key: 'street' };
const fromNtfy: Partial<Arrived> = {
  ...{ priority: 'high', markdown: true, tags: TAGS as string[] },
  data: { ntfy: { priority: 4 } },
};
const fromGotify: Partial<Arrived> = { priority: 'high', markdown: true, data: { gotify: { priority: 8 } } };
const fromMattermost: Partial<Arrived> = { priority: 'low', markdown: true, data: { username: 'Apprise' } };
const long = (fields: Partial<Arrived>): Partial<Arrived> => ({
  ...{ ...fields, title: LONG_TITLE, message: cut(LONG) },
  data: { ...fields.data, cut: ['message'] },
});

describeWith(APPRISE, 'Apprise', () => {
  const server = useServer();
  let inbox: InboxOfSenders;
  let json: string;

  function apprise(title: string, message: string, ...urls: string[]): Promise<string> {
    return run(APPRISE, ['-i', 'markdown', '-t', title, '-b', message, ...urls]);
  }

  beforeAll(async () => {
    inbox = await InboxOfSenders.of(server);
    const api = `${server.host}/api/notifications/send?${FIELDS}`;
    json = `json://app:${await inbox.keyFor('json')}@${api}`;
    const native = [json, `form://app:${await inbox.keyFor('form')}@${api}`];
    const doors = [
      `gotify://${server.host}/${await inbox.keyFor('gotify')}?priority=high&${MARKDOWN}`,
      `ntfy://tk_${await inbox.keyFor('ntfy')}@${server.host}/builds?priority=high&tags=tada,skull&image=no&${MARKDOWN}`,
      `mmost://${server.host}/${await inbox.keyFor('mmost')}?image=no`,
    ];
    await apprise(TITLE, MESSAGE, ...doors, ...native);
    await Promise.all([apprise(LONG_TITLE, LONG, ...doors), apprise(TITLE, UPDATE, ...native)]);
  });

  test.each<[string, Partial<Arrived>[]]>([
    ['gotify', [fromGotify, long(fromGotify)]],
    // Apprise sends a long text as a file, whose first line is the title.
    ['ntfy', [fromNtfy, { ...long(fromNtfy), title: 'builds', message: cut(`${LONG_TITLE}\n${LONG}`) }]],
    ['mmost', [fromMattermost, long(fromMattermost)]],
    ['json', [{ ...ofFields, message: UPDATE, isUpdate: true }]],
    ['form', [{ ...ofFields, message: UPDATE, isUpdate: true }]],
  ])('sends to %s://', async (scheme, expected) => {
    expect(await inbox.from(scheme)).toEqual(expected.map((fields) => sent(scheme, fields)));
  });

  test('sends a long text to json://, which is cut', async () => {
    await apprise(LONG_TITLE, LONG, json.replace(':key=street', ':key=log'));
    expect(await inbox.from('json')).toContainEqual(
      sent('json', { ...ofFields, key: 'log', title: LONG_TITLE, message: cut(LONG), data: { cut: ['message'] } }),
    );
  });
});
