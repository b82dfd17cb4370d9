import type { AppWithKey } from '@herald/protocol';
import { parse } from 'yaml';
import { readingLine, senderLines } from './sender-lines';

const KEY = 'A3bX9-kQ2.vLw_7';
const HERE = 'http://localhost:3000';
const app = (audience: string[]): AppWithKey => ({
  ...{ id: 7, name: 'backup', owner: 'ada', scope: 'send', audience, createdAt: '2026-11-01T12:00:00.000Z', key: KEY },
});

function lineFor(program: string, audience = ['user:ada'], address = HERE): string | null | undefined {
  return senderLines(app(audience), address).find((one) => one.program === program)?.line;
}

describe('the lines of an app', () => {
  it('are those of programs for Herald itself', () => {
    expect(lineFor('curl')).toContain(`-u ":${KEY}"`);
    expect(lineFor('curl')).toContain('"http://localhost:3000/api/notifications/send"');
    expect(lineFor('Apprise')).toContain(`"json://app:${KEY}@localhost:3000/api/notifications/send"`);
  });

  it('keep the path of the server, and use TLS where it does', () => {
    const behindProxy = 'https://herald.example/herald';
    expect(lineFor('Apprise', ['everyone'], behindProxy)).toContain(
      `jsons://app:${KEY}@herald.example/herald/api/notifications/send`,
    );
    expect(lineFor('Gotify', ['everyone'], behindProxy)).toContain('"https://herald.example/herald/message"');
  });

  it('are those of Gotify and ntfy clients, on the same address', () => {
    expect(lineFor('Gotify')).toContain('"http://localhost:3000/message"');
    expect(lineFor('ntfy', ['user:ada', 'topic:backups'])).toContain('"http://localhost:3000/backups"');
  });

  it.each([[['user:ada']], [['topic:äpfel']], [['topic:api']]])(
    'has none for ntfy clients with the audience %j, which has no topic for them',
    (audience) => {
      expect(lineFor('ntfy', audience)).toBeNull();
    },
  );

  it('are those of webhooks, with the key in their addresses', () => {
    expect(lineFor('GitHub')).toBe(`http://localhost:3000/hooks/${KEY}/github`);
    expect(lineFor('Slack')).toBe(`http://localhost:3000/hooks/${KEY}`);
    expect(parse(lineFor('Alertmanager')!)).toEqual([
      { name: 'herald', webhook_configs: [{ url: `http://localhost:3000/hooks/${KEY}/alertmanager` }] },
    ]);
  });

  it('tell GitHub the secret of the app, if it has one', () => {
    const steps = (fields: object) =>
      senderLines({ ...app([]), ...fields }, HERE).find(({ program }) => program === 'GitHub')?.steps;
    expect(steps({})).toContain('Secret: leave it empty');
    expect(steps({ hasSecret: true })).toContain('Secret: the secret of this app');
  });

  it('print the events for an app that reads', () => {
    expect(readingLine(app([]), HERE)).toContain('"http://localhost:3000/api/notifications/stream"');
  });

  it('keep the key of an app that reads out of the process list, where it would be for months', () => {
    const [args, ...input] = readingLine(app([]), HERE).split('\n');
    expect(args).not.toContain(KEY);
    expect(input).toEqual([`Authorization: Bearer ${KEY}`, 'END']);
  });
});
