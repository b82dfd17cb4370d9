import { EventReader } from '../event-reader.js';
import { useServer } from '../running-server.js';
import { type Alert, AlertmanagerProcess, EXTERNAL_URL } from './alertmanager-process.js';
import { type Arrived, InboxOfSenders, LONG, sent, TITLE, UPDATE } from './inbox-of-senders.js';
import { ALERTMANAGER, describeWith } from './programs.js';

const LABELS = { alertname: 'DiskFull', severity: 'critical' };
const ALERTS: Alert[] = [
  { labels: { ...LABELS, instance: 'db1' }, annotations: { summary: TITLE, description: UPDATE } },
  { labels: { ...LABELS, instance: 'db2' }, annotations: { summary: LONG } },
];
/** The message of the webhook: one line for each alert. */
const LINES = `${TITLE}: ${UPDATE} (db1)\n${LONG.slice(0, 499)}…`;

describeWith(ALERTMANAGER, 'Alertmanager', () => {
  const server = useServer();
  let inbox: InboxOfSenders;
  let alertmanager: AlertmanagerProcess | undefined;
  let events: EventReader | undefined;

  beforeAll(async () => {
    inbox = await InboxOfSenders.of(server);
    alertmanager = await AlertmanagerProcess.start(`
  - name: herald
    webhook_configs:
      - url: http://${server.host}/hooks/${await inbox.keyFor('webhook')}/alertmanager
    slack_configs:
      - api_url: http://${server.host}/slack/${await inbox.keyFor('slack')}
        channel: '#builds'
        text: '{{ range .Alerts }}*{{ .Labels.instance }}* {{ .Annotations.description }}{{ end }}'
        send_resolved: true
`);
    events = await EventReader.open(server, await server.signIn());
    await events.next('welcome');
    await events.next('live');
  });
  afterAll(async () => {
    events?.close();
    await alertmanager?.stop();
  });

  /** The alerts have reached both receivers. */
  async function tell(alerts: Alert[]): Promise<void> {
    await alertmanager!.tell(...alerts);
    await events!.next('notification');
    await events!.next('notification');
  }

  const ofWebhook = { key: expect.stringMatching(/^alertmanager\//) as string, url: EXTERNAL_URL, message: LINES };
  const ofSlack: Partial<Arrived> = {
    ...{ markdown: true, url: `${EXTERNAL_URL}/#/alerts?receiver=herald`, message: `**db1** ${UPDATE}**db2**` },
    data: { username: 'Alertmanager' },
  };

  test('tells of firing alerts, and resolves them in the place of the firing ones', async () => {
    await tell(ALERTS);
    const firing = { ...ofWebhook, title: '[FIRING:2] DiskFull', priority: 'high', data: { labels: LABELS } } as const;
    expect(await inbox.from('webhook')).toEqual([sent('webhook', firing)]);

    const endsAt = new Date().toISOString();
    await tell(ALERTS.map((alert) => ({ ...alert, endsAt })));
    const resolved = { title: '[RESOLVED] DiskFull', priority: 'low', isUpdate: true } as const;
    expect(await inbox.from('webhook')).toEqual([sent('webhook', { ...firing, ...resolved })]);
    expect(await inbox.from('slack')).toEqual([
      sent('slack', { ...ofSlack, title: '[FIRING:2] DiskFull (critical)', priority: 'high' }),
      sent('slack', { ...ofSlack, title: '[RESOLVED] DiskFull (critical)', priority: 'low' }),
    ]);
  });
});
