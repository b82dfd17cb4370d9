import type { AppWithKey } from '@herald/protocol';
import { basic, DRAFT } from '../running-server.js';
import { startLoggedMain } from './logged-main.js';
import { signIn } from './sign-in.js';

test('the key of an app is in no line of the log, however it is sent, nor in the metrics, an answer or a notification', async () => {
  const server = await startLoggedMain({ SEND_KEY_IN_QUERY: 'accepted' });
  const { host } = server;
  const Authorization = `Bearer ${await signIn(host)}`;
  const answers: string[] = [];
  const post = async (path: string, headers: Record<string, string>, body: unknown): Promise<string> => {
    const sent = { 'Content-Type': 'application/json', ...headers };
    return (await fetch(`http://${host}${path}`, { method: 'POST', headers: sent, body: JSON.stringify(body) })).text();
  };
  const app = { name: 'canary', audience: ['everyone', 'topic:builds'] };
  const { key } = JSON.parse(await post('/api/apps', { Authorization }, app)) as AppWithKey;
  const secret = 'canary-secret-of-webhooks';
  const signed = { ...app, name: 'signed', secret };
  const { key: signedKey } = JSON.parse(await post('/api/apps', { Authorization }, signed)) as AppWithKey;
  const send = '/api/notifications/send';
  const secrets = [key.slice(1), basic('', key).slice('Basic '.length), signedKey.slice(1), secret];
  const credentials: Record<string, string>[] = [
    { Authorization: `Bearer ${key}` },
    { Authorization: `Bearer tk_${key}` },
    { Authorization: basic('', key) },
    { 'X-Gotify-Key': key },
  ];
  for (const headers of credentials) {
    answers.push(await post(send, headers, DRAFT), await post(send, headers, { ...DRAFT, title: 5 }));
    answers.push(await post('/api/apps', headers, app));
  }
  for (const path of [`${send}?token=${key}`, `${send}?a=1&token=tk_${key}`, `/api/apps?token=${key}`])
    answers.push(await post(path, {}, DRAFT), await post(path, {}, { ...DRAFT, title: 5 }));
  for (const path of [`/message?token=${key}`, `/gotify/message?token=${key}`, `/gotify//message?token=tk_${key}`])
    answers.push(await post(path, {}, DRAFT), await post(path, {}, []));
  for (const header of [`Bearer ${key}`, basic('', key)]) {
    const auth = Buffer.from(header).toString('base64url');
    secrets.push(auth);
    for (const path of [`/builds?auth=${auth}`, `/ntfy/builds?authorization=${auth}&x=1`, `/other?auth=${auth}`])
      answers.push(await post(path, {}, DRAFT));
  }
  for (const path of [`/slack/${key}`, `/hooks/${key}`, `/hooks/tk_${key}`, `/services/T/B/${key}`])
    answers.push(await post(path, {}, { text: 'm' }), await post(path, {}, []), await post(`${path}0`, {}, {}));
  for (const path of [`/hooks%2F${key}/github`, `/slack/%22${key}%22`, `/?u=https%3A%2F%2F${host}%2Fhooks%2F${key}`])
    answers.push(await post(path, {}, { text: 'm' }));
  const ping = { zen: 'm', hook: { config: { url: `http://${host}/hooks/${key}/github` } } };
  for (const path of [`/hooks/${key}/github`, `/hooks/tk_${key}/github`, `/hooks/${key}0/github`, `/hooks/${key}/jira`])
    for (const event of ['ping', 'star'])
      answers.push(await post(path, { 'X-GitHub-Event': event, 'X-GitHub-Delivery': event }, ping));
  for (const token of [secret, `${secret}0`])
    answers.push(await post(`/hooks/${signedKey}/gitlab`, { 'X-Gitlab-Token': token }, { object_kind: 'star' }));
  // Nothing is there.
  for (const path of [`?token=${key}`, `?auth=${key}`, `/${key}/a/b`, `/tk_${key}/a/b`])
    answers.push(await post(`/hooks${path}`, {}, DRAFT));
  for (const path of ['/metrics', '/api/apps', '/api/notifications?view=all'])
    answers.push(await (await fetch(`http://${host}${path}`, { headers: { Authorization } })).text());
  const output = await server.stop();
  expect(output).toContain('/hooks/[redacted]/a/b');
  expect(answers.join('\n')).toContain('"sender":"canary"');
  expect(answers.join('\n')).toContain('webhook added');
  for (const part of secrets) {
    expect(output).not.toContain(part);
    expect(answers.filter((answer) => answer.includes(part))).toEqual([]);
  }
}, 30_000);
