import { jest } from '@jest/globals';
import type { Notification } from '@herald/protocol';
import { createHmac } from 'node:crypto';
import { newAppKey } from '../../src/auth/app-key.js';
import { type Answer, codesOf, formOf, useServer } from '../running-server.js';

const FIRING = {
  status: 'firing',
  alerts: [
    { status: 'firing', labels: { alertname: 'Disk', severity: 'critical' }, annotations: { summary: 'Full ü' } },
  ],
  commonLabels: { alertname: 'Disk' },
  groupKey: '{}:{alertname="Disk"}',
};
const RESOLVED = { ...FIRING, status: 'resolved', alerts: [{ ...FIRING.alerts[0], status: 'resolved' }] };
const PUSH = {
  ref: 'refs/heads/main',
  repository: { full_name: 'octo/repo' },
  commits: [{ id: 'abcdef0', message: 'Fix' }],
};
const PIPELINE = { object_kind: 'pipeline', object_attributes: { id: 1, ref: 'main', status: 'failed' } };

/** An alert as kube-prometheus makes it, of about 0.9 KB. */
function kubernetesAlert(n: number): object {
  const pod = `checkout-7d9f8b6c5d-${n}`;
  return {
    status: 'firing',
    labels: {
      alertname: 'KubePodCrashLooping',
      container: 'checkout',
      endpoint: 'http',
      instance: `10.42.${n % 256}.17:8080`,
      job: 'kube-state-metrics',
      namespace: 'production',
      pod,
      prometheus: 'monitoring/kube-prometheus-stack-prometheus',
      reason: 'CrashLoopBackOff',
      service: 'kube-prometheus-stack-kube-state-metrics',
      severity: 'warning',
      uid: '0b7f1f7e-6f0a-4a3e-9d4f-2a53a5d6c1de',
    },
    annotations: {
      description: `Pod production/${pod} (checkout) is in waiting state (reason: "CrashLoopBackOff") on cluster.`,
      runbook_url: 'https://runbooks.prometheus-operator.dev/runbooks/kubernetes/kubepodcrashlooping',
      summary: 'Pod is crash looping.',
    },
    startsAt: '2026-11-30T14:57:05.726Z',
    endsAt: '0001-01-01T00:00:00Z',
    generatorURL:
      'http://prometheus.example/graph?g0.expr=max_over_time%28kube_pod_container_status_waiting_reason&g0.tab=1',
    fingerprint: 'efb0c6c488e007da',
  };
}

/** A payload in a form, as GitHub sends it by default. */
function pairOf(payload: object): URLSearchParams {
  return new URLSearchParams({ payload: JSON.stringify(payload) });
}

describe('the webhook door', () => {
  const server = useServer();
  let admin: string;
  let key: string;

  beforeAll(async () => {
    admin = await server.signIn();
    const app = { name: 'ci', audience: ['user:admin'], category: 'ops', tags: ['disk'] };
    ({ key } = await server.createApp(admin, app));
    await push('alertmanager', FIRING);
  });

  function push(path: string, body: unknown, headers: Record<string, string> = {}, withKey = key): Promise<Answer> {
    const isForm = body instanceof FormData || body instanceof URLSearchParams;
    const text = typeof body === 'string' || isForm ? body : JSON.stringify(body);
    const type: Record<string, string> = isForm ? {} : { 'Content-Type': 'application/json' };
    const sent = { method: 'POST', headers: { ...type, ...headers }, body: text };
    return server.fetch(`/hooks/${withKey}/${path}`, sent);
  }

  test.each<[string, object, Record<string, string>, Partial<Notification>]>([
    [
      'alertmanager',
      FIRING,
      {},
      { title: '[FIRING:1] Disk', message: 'Full ü', priority: 'high', data: { labels: { alertname: 'Disk' } } },
    ],
    ['grafana', { ...FIRING, title: 'Memory' }, {}, { title: 'Memory', message: 'Full ü', priority: 'high' }],
    ['github', PUSH, { 'X-GitHub-Event': 'push' }, { title: 'octo/repo: 1 commit to main', priority: 'low' }],
    [
      'gitlab',
      PIPELINE,
      { 'X-Gitlab-Event': 'Pipeline Hook' },
      { title: 'GitLab: pipeline failed on main', priority: 'high' },
    ],
    [
      'sentry',
      { data: { event: { title: 'E', culprit: 'c', level: 'error', issue_id: '1' } } },
      { 'Sentry-Hook-Resource': 'event_alert' },
      { title: 'E', message: 'c', priority: 'high', key: 'sentry/1' },
    ],
    [
      'uptime-kuma',
      { heartbeat: { status: 0 }, monitor: { id: 2, name: 'Shop' }, msg: 'gone' },
      {},
      { title: 'Shop down', message: 'gone', priority: 'high', key: 'uptime-kuma/2' },
    ],
  ])('takes webhooks of %s', async (template, payload, headers, expected) => {
    const { status, body } = await push(template, payload, headers);
    const stored = await server.newest(admin);
    expect([status, body]).toEqual([200, { id: stored.id }]);
    const common = { sender: 'ci', audience: ['user:admin'], category: 'ops', tags: ['disk'] };
    expect(stored).toMatchObject({ ...common, ...expected });
  });

  test('takes a payload in a form, as GitHub may send it', async () => {
    const headers = { 'X-GitHub-Event': 'push' };
    const { status } = await push('github', formOf({ payload: JSON.stringify(PUSH) }), headers);
    expect([status, (await server.newest(admin)).title]).toEqual([200, 'octo/repo: 1 commit to main']);
  });

  test('puts a resolved alert in the place of the firing one', async () => {
    await push('alertmanager', FIRING);
    const firing = await server.newest(admin);
    await push('alertmanager', RESOLVED);
    expect(await server.newest(admin)).toMatchObject({
      title: '[RESOLVED] Disk',
      priority: 'low',
      replaces: firing.id,
    });
  });

  test.each(['Idempotency-Key', 'X-GitHub-Delivery', 'X-Gitlab-Event-UUID', 'Webhook-Id', 'Request-ID'])(
    'makes one notification of deliveries with the same %s and body',
    async (header) => {
      const event = { 'X-GitHub-Event': 'push' };
      const send = (id: string, ref: string) => push('github', { ...PUSH, ref }, { ...event, [header]: id });
      const answers = [await send('1', 'a'), await send('1', 'a'), await send('1', 'b'), await send('2', 'a')];
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      const ids = answers.map(({ body }) => (body as { id: string }).id);
      expect([ids[1], new Set(ids).size]).toEqual([ids[0], 3]);
    },
  );

  test('makes one notification of each delivery without an id', async () => {
    const send = () => push('github', PUSH, { 'X-GitHub-Event': 'push' });
    expect((await send()).body).not.toEqual((await send()).body);
  });

  test('makes two notifications of a delivery to two templates', async () => {
    const delivery = { 'Idempotency-Key': 'both' };
    const answers = [await push('alertmanager', FIRING, delivery), await push('grafana', FIRING, delivery)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(answers[0]?.body).not.toEqual(answers[1]?.body);
  });

  test('takes a group of 600 alerts of Kubernetes', async () => {
    const body = { ...FIRING, alerts: Array.from({ length: 600 }, (_, n) => kubernetesAlert(n)) };
    expect(JSON.stringify(body).length).toBeGreaterThan(500_000);
    expect((await push('alertmanager', body)).status).toBe(200);
    const { title, message, data } = await server.newest(admin);
    expect([title, data?.['dropped']]).toEqual(['[FIRING:600] Disk', ['alerts']]);
    expect(message).toMatch(/\nand \d{3} more$/);
  });

  test('takes a large payload in a form', async () => {
    const commits = Array.from({ length: 200 }, (_, n) => ({ id: `${n}`, message: 'm'.repeat(500) }));
    for (const body of [formOf({ payload: JSON.stringify({ ...PUSH, commits }) }), pairOf({ ...PUSH, commits })]) {
      expect((await push('github', body, { 'X-GitHub-Event': 'push' })).status).toBe(200);
      expect((await server.newest(admin)).title).toBe('octo/repo: 200 commits to main');
    }
  });

  test('takes the form of Uptime Kuma, whose field is named data', async () => {
    const form = formOf({ data: JSON.stringify({ heartbeat: { status: 0 }, monitor: { name: 'Form' }, msg: 'gone' }) });
    expect((await push('uptime-kuma', form)).status).toBe(200);
    expect(await server.newest(admin)).toMatchObject({ title: 'Form down', message: 'gone' });
  });

  test('makes one notification of a delivery that is repeated after a change of the app', async () => {
    const app = await server.createApp(admin, { name: 'changing', audience: ['everyone'], category: 'a' });
    const send = () => push('alertmanager', FIRING, { 'Idempotency-Key': 'changed' }, app.key);
    const first = await send();
    await server.request('PATCH', `/api/apps/${app.id}`, admin, { category: 'b' });
    expect(await send()).toMatchObject({ status: 200, body: first.body });
  });

  test('takes 700 deliveries of 25 KiB a day of an app', async () => {
    const { key: busy } = await server.createApp(admin, { name: 'busy', audience: ['user:admin'] });
    const body = { ...PUSH, padding: 'x'.repeat(25_000) };
    const statuses = new Set<number>();
    for (let n = 0; n < 700; n++) {
      const headers = { 'X-GitHub-Event': 'push', 'X-GitHub-Delivery': `${n}` };
      statuses.add((await push('github', body, headers, busy)).status);
    }
    expect([...statuses]).toEqual([200]);
  });

  test('answers an event that becomes no notification, and stores nothing', async () => {
    const before = await server.newest(admin);
    const { status, body } = await push('github', PUSH, { 'X-GitHub-Event': 'star' });
    expect([status, body]).toEqual([200, { id: null, reason: 'Herald ignores events of this type' }]);
    expect((await server.newest(admin)).id).toBe(before.id);
  });

  test.each<[string, string, unknown, unknown[]]>([
    ['an unknown template', 'jira', FIRING, [404, 'unknown_path']],
    ['a template named like a method', 'constructor', FIRING, [404, 'unknown_path']],
    ['broken JSON', 'alertmanager', '{"alerts":', [400, 'invalid_request', 'invalid_json']],
    ['a list', 'alertmanager', '[]', [400, 'invalid_request', 'invalid_json']],
    ['an empty body', 'alertmanager', '', [400, 'invalid_request', 'invalid_json']],
    ['a payload without a message', 'uptime-kuma', {}, [400, 'invalid_request', 'required']],
    ['a nested body', 'grafana', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, [400, 'invalid_request', 'body_too_deep']],
    [
      'a body with too many values',
      'grafana',
      `{"a":[${'1,'.repeat(20_000)}1]}`,
      [400, 'invalid_request', 'too_many_values'],
    ],
    ['a body of 1.1 MB', 'grafana', { title: 'm'.repeat(1_100_000) }, [413, 'body_too_large', 'body_too_large']],
    ['a body of 10 MB', 'grafana', { title: 'm'.repeat(10_000_000) }, [413, 'body_too_large', 'body_too_large']],
  ])('refuses %s in the form of the API', async (_, template, body, codes) => {
    const before = await server.newest(admin);
    expect(codesOf(await push(template, body))).toEqual(codes);
    expect((await server.newest(admin)).id).toBe(before.id);
  });

  test('names the templates that there are', async () => {
    const { body } = await push('jira', FIRING);
    expect(body).toMatchObject({
      statusCode: 404,
      error: 'Not Found',
      message:
        'There is no such template. The templates are alertmanager, github, gitlab, grafana, sentry, uptime-kuma, and those of the app',
    });
  });

  test('refuses keys that are unknown, revoked or expired, before it reads the body', async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const revoked = await server.createApp(admin, { name: 'revoked', audience: ['everyone'] });
    await server.request('DELETE', `/api/apps/${revoked.id}`, admin);
    const expiring = await server.createApp(admin, { name: 'short', audience: ['everyone'], expiresAt });
    expect((await push('alertmanager', FIRING, {}, expiring.key)).status).toBe(200);
    const before = await server.newest(admin);
    const now = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(expiresAt));
    const answers = [];
    for (const one of [newAppKey(), 'x', revoked.key, expiring.key])
      answers.push(await push('alertmanager', '{', {}, one));
    now.mockRestore();
    expect(answers.map(codesOf)).toEqual(answers.map(() => [401, 'invalid_token', undefined]));
    expect((await server.newest(admin)).id).toBe(before.id);
  });

  describe('for an app with a secret', () => {
    const SECRET = 'Größe, and more';
    const event = { 'X-GitHub-Event': 'push' };
    const text = JSON.stringify(PUSH);
    const hmac = (body: string): string => createHmac('sha256', SECRET).update(body).digest('hex');
    let signed: string;

    beforeAll(async () => {
      const app = { name: 'signed', audience: ['everyone'], secret: SECRET };
      signed = (await server.createApp(admin, app)).key;
    });

    test.each<[string, unknown, Record<string, string>]>([
      ['github', PUSH, { ...event, 'X-Hub-Signature-256': `sha256=${hmac(text)}` }],
      ['gitlab', PIPELINE, { 'X-Gitlab-Token': Buffer.from(SECRET).toString('latin1') }],
      ['sentry', PUSH, { 'Sentry-Hook-Resource': 'event_alert', 'Sentry-Hook-Signature': hmac(text) }],
    ])('takes a webhook of %s that proves it', async (template, payload, headers) => {
      const { status, body } = await push(template, payload, headers, signed);
      expect([status, body]).toEqual([200, { id: (await server.newest(admin)).id }]);
    });

    test.each<[string, string, Record<string, string>]>([
      ['without a proof', 'github', event],
      ['with the proof of another body', 'github', { ...event, 'X-Hub-Signature-256': `sha256=${hmac('{}')}` }],
      ['of a program without a proof', 'alertmanager', { 'X-Hub-Signature-256': `sha256=${hmac(text)}` }],
    ])('refuses a webhook %s', async (_, template, headers) => {
      const before = await server.newest(admin);
      expect(codesOf(await push(template, PUSH, headers, signed))).toEqual([401, 'invalid_token']);
      expect((await server.newest(admin)).id).toBe(before.id);
    });
  });

  test('refuses a key that reads', async () => {
    await server.createUser('eve');
    const reader = await server.createApp(await server.signIn('eve'), { name: 'reader', scope: 'read' });
    expect(codesOf(await push('alertmanager', FIRING, {}, reader.key))).toEqual([403, 'wrong_scope']);
  });
});

describe('the webhook door of a server', () => {
  const closed = useServer({ WEBHOOK_DOOR: 'closed' });
  const below = useServer({ BASE_PATH: '/herald', SLACK_DOOR: 'closed' });

  test('does not exist if it is closed, while that of Slack is open', async () => {
    const { key } = await closed.createApp(await closed.signIn(), { name: 'x', audience: ['everyone'] });
    expect(codesOf(await closed.post(`/hooks/${key}/alertmanager`, FIRING))).toEqual([404, 'unknown_path']);
    expect((await closed.post(`/hooks/${key}`, { text: 'm' })).body).toBe('ok');
  });

  test('is below the base path, also while that of Slack is closed', async () => {
    const { key } = await below.createApp(await below.signIn(), { name: 'x', audience: ['everyone'] });
    for (const path of ['/herald/hooks/', '/hooks/']) {
      expect((await below.post(`${path}${key}/alertmanager`, FIRING)).status).toBe(200);
      expect((await below.post(path + key, { text: 'm' })).status).toBe(404);
    }
  });
});
