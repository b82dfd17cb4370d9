import { IncomingWebhook } from '@slack/webhook';
import { gotify } from 'gotify';
import { useServer } from '../running-server.js';
import { cut, InboxOfSenders, LONG, LONG_TITLE, MESSAGE, sent, TITLE } from './inbox-of-senders.js';

describe('packages of npm', () => {
  const server = useServer();
  let inbox: InboxOfSenders;

  beforeAll(async () => {
    inbox = await InboxOfSenders.of(server);
  });

  test('gotify sends a priority, Markdown and a long text', async () => {
    const to = { server: `http://${server.host}`, app: await inbox.keyFor('gotify') };
    const markdown = { 'client::display': { contentType: 'text/markdown' } };
    const answer = await gotify({ ...to, title: TITLE, message: MESSAGE, priority: 5, extras: markdown });
    await gotify({ ...to, title: LONG_TITLE, message: LONG, priority: 10 });
    expect(answer).toMatchObject({ appid: expect.any(Number), title: TITLE, priority: 5, extras: markdown });
    expect(await inbox.from('gotify')).toEqual([
      sent('gotify', { priority: 'medium', markdown: true, data: { gotify: { priority: 5 } } }),
      sent('gotify', {
        ...{ title: LONG_TITLE, message: cut(LONG), priority: 'high' },
        data: { gotify: { priority: 10 }, cut: ['message'] },
      }),
    ]);
  });

  test('@slack/webhook sends a text, blocks, a color and a long text', async () => {
    const webhook = new IncomingWebhook(`http://${server.host}/slack/${await inbox.keyFor('slack')}`);
    const mrkdwn = MESSAGE.replaceAll('**', '*');
    expect(await webhook.send(`:tada: ${TITLE}\n${mrkdwn}`)).toEqual({ text: 'ok' });
    await webhook.send({
      channel: '#builds',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: TITLE } },
        { type: 'section', text: { type: 'mrkdwn', text: mrkdwn } },
      ],
      attachments: [{ color: 'danger', fields: [{ title: 'Größe', value: '7 µm' }] }],
    });
    await webhook.send(`${LONG_TITLE}\n${LONG}`);
    expect(await inbox.from('slack')).toEqual([
      sent('slack', { markdown: true, tags: ['tada'] }),
      sent('slack', { markdown: true, message: `${MESSAGE}\n\nGröße: 7 µm`, priority: 'high' }),
      sent('slack', { markdown: true, title: LONG_TITLE, message: cut(LONG), data: { cut: ['message'] } }),
    ]);
  });
});
