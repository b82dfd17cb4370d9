import { ESLint } from 'eslint';
import { globSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import tseslint from 'typescript-eslint';

// The tested rules need no type information, which does not exist for files that do not exist.
const untyped = tseslint.configs.disableTypeChecked;
const eslint = new ESLint({
  overrideConfig: [
    {
      ...untyped,
      languageOptions: { parserOptions: { projectService: false } },
      rules: { ...untyped.rules, '@angular-eslint/no-uncalled-signals': 'off' },
    },
  ],
});

interface Policy {
  from: { file: { categories: string } };
  allow: { to: { file: { categories: { anyOf: string[] } } } };
}

const nameOf = ({ file }: Policy['from']): string => file.categories;

/** Names of the rules that `code` violates as the content of `file`. */
async function refusals(file: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath: file });
  return result!.messages.map(({ ruleId, message }) => ruleId ?? message);
}

const allowed = [
  ['server/src/app.module.ts', './repository/in-memory/in-memory-user-repository.js'],
  ['server/src/auth/auth.service.ts', '../config/environment.js'],
  ['server/src/auth/auth.service.ts', '../repository/user-repository.js'],
  ['server/src/delivery/delivery-engine.ts', '../repository/notification-repository.js'],
  ['server/src/delivery/totals.ts', '../figures/distribution.js'],
  ['server/src/gateway/ws.gateway.ts', '../delivery/delivery-engine.js'],
  ['server/src/gateway/ws.gateway.ts', '../connections/connections.js'],
  ['server/src/stream/stream.service.ts', '../connections/connections.js'],
  ['server/src/gateway/ws.gateway.ts', '@herald/protocol'],
  ['server/src/repository/in-memory/in-memory-user-repository.ts', '../user-repository.js'],
  ['server/src/repository/repository.module.ts', './in-memory/in-memory-user-repository.js'],
  ['server/src/delivery/delivery-engine.spec.ts', '../repository/in-memory/in-memory-notification-repository.js'],
  ['server/src/delivery/delivery-engine.spec.ts', '#test/collect-garbage.js'],
  ['server/test/end-to-end.spec.ts', '../src/gateway/ws.gateway.js'],
  ['client/src/app/app.config.ts', './connection/connection'],
  ['client/src/app/session/session.ts', '#app/platform/server-address'],
  ['client/src/app/connection/connection.ts', '@herald/client/connection'],
  ['client/src/app/pages/inbox/inbox-page.ts', '@herald/client/inbox'],
  ['client/src/app/alerts/announcer.ts', '@herald/client/inbox'],
  ['client/src/app/alerts/announcer.spec.ts', '@herald/client/testing'],
  ['client/sdk/inbox/herald-inbox.ts', '../connection/progress.ts'],
  ['client/sdk/inbox/herald-inbox.spec.ts', '../testing/test-item.ts'],
  ['client/sdk/api/herald-api.ts', '../inbox/inbox-api.ts'],
  ['client/cli/listen/listen-command.ts', '@herald/client/connection'],
  ['client/cli/send/send-command.ts', '../access/access.ts'],
  ['client/src/app/inbox/inbox-store.ts', '#app/connection/connection'],
  ['client/src/app/pages/inbox/inbox-page.ts', '#app/inbox/inbox-store'],
  ['client/src/app/alerts/toasts/toast-queue.ts', '#app/inbox/inbox-store'],
  ['client/src/app/alerts/toasts/toast-feed.ts', '../announcer'],
  ['client/src/app/alerts/announcer.ts', '#app/inbox/inbox-store'],
  ['client/src/app/alerts/toasts/toast-feed.ts', '@herald/protocol'],
  ['client/e2e/inbox.spec.ts', '@herald/protocol'],
];

const refused = [
  ['protocol/frames.ts', '../server/src/config/environment.js'],
  ['server/src/config/environment.ts', '../auth/auth.service.js'],
  ['server/src/delivery/delivery-engine.ts', '../gateway/ws.gateway.js'],
  ['server/src/delivery/delivery-engine.ts', '../config/environment.js'],
  ['server/src/delivery/delivery-engine.ts', '../repository/in-memory/in-memory-notification-repository.js'],
  ['server/src/notifications/notifications.service.ts', '../delivery/delivery-engine.js'],
  ['server/src/gateway/ws.gateway.ts', '../notifications/notifications.service.js'],
  ['server/src/gateway/ws.gateway.ts', '../repository/notification-repository.js'],
  ['server/src/gateway/ws.gateway.ts', '../stream/stream.service.js'],
  ['server/src/stream/stream.service.ts', '../gateway/ws.gateway.js'],
  ['server/src/connections/connections.ts', '../gateway/ws.gateway.js'],
  ['server/src/connections/connections.ts', '../stream/stream.service.js'],
  ['server/src/repository/in-memory/in-memory-user-repository.ts', '../../config/environment.js'],
  ['server/src/repository/user-repository.ts', './in-memory/in-memory-user-repository.js'],
  ['server/src/main.ts', '../../client/src/app/session/session.js'],
  ['server/src/auth/auth.service.ts', './auth.service.spec.js'],
  ['server/src/auth/auth.service.ts', '#test/collect-garbage.js'],
  ['server/src/auth/auth.service.ts', '../somewhere/unlisted.js'],
  ['client/sdk/connection/notification-socket.ts', '../../src/app/inbox/inbox-store'],
  ['client/sdk/connection/progress.ts', '../inbox/inbox.ts'],
  ['client/sdk/inbox/herald-inbox.ts', '../testing/test-item.ts'],
  ['client/sdk/inbox/herald-inbox.spec.ts', '#app/inbox/inbox-store'],
  ['client/sdk/inbox/herald-inbox.ts', '../api/herald-api.ts'],
  ['client/cli/send/send-command.ts', '@herald/client/inbox'],
  ['client/sdk/api/herald-api.ts', '../../cli/failure.ts'],
  ['client/src/app/inbox/inbox-store.ts', '@herald/client/connection'],
  ['client/src/app/inbox/inbox-store.ts', '@herald/client/testing'],
  ['client/src/app/inbox/inbox-store.ts', '#app/pages/inbox/inbox-page'],
  ['client/src/app/notification/notification-body.ts', '#app/alerts/announcer'],
  ['client/src/app/platform/browser-storage.ts', '#app/session/session'],
  ['client/src/app/i18n/languages.ts', '#app/session/session'],
  ['client/src/main.ts', '../../server/src/main'],
  ['server/src/timing/alarm.ts', '@herald/protocol'],
  ['server/src/figures/distribution.ts', '@herald/protocol'],
  ['server/src/delivery/delivery-engine.ts', '../operations/metrics/metrics.js'],
  ['client/e2e/inbox.spec.ts', '../src/app/app'],
];

const pages = readdirSync('client/src/app/pages');
const topRooms = ['alerts', 'shell', ...pages.map((page) => `pages/${page}`)];

describe('the import table', () => {
  test.each(allowed)('%s may import %s', async (file, source) => {
    expect(await refusals(file, `import '${source}';\n`)).toEqual([]);
  });

  test.each(refused)('%s may not import %s', async (file, source) => {
    expect(await refusals(file, `import '${source}';\n`)).toEqual(['boundaries/dependencies']);
  });

  test.each(topRooms)('%s may import neither the connection nor its neighbours', async (room) => {
    const file = `client/src/app/${room}/thing.ts`;
    const neighbours = topRooms.filter((other) => other !== room).map((other) => `#app/${other}/thing`);
    const forbidden = ['@herald/client/connection', '#app/connection/connection', ...neighbours];
    const code = forbidden.map((source) => `import '${source}';\n`).join('');
    expect(await refusals(file, code)).toEqual(forbidden.map(() => 'boundaries/dependencies'));
  });

  test.each(['import type { X } from', 'export type { X } from', 'await import'])('sees through `%s`', async (form) => {
    const code =
      form === 'await import' ? `${form}('../config/environment.js');\n` : `${form} '../config/environment.js';\n`;
    expect(await refusals('server/src/delivery/engine.ts', code)).toContain('boundaries/dependencies');
  });

  test('rejects a file outside every room', async () => {
    expect(await refusals('server/src/elsewhere/thing.ts', '')).toEqual(['boundaries/no-unknown-files']);
    expect(await refusals('client/src/app/elsewhere/thing.ts', '')).toEqual(['boundaries/no-unknown-files']);
  });

  test('has no circles', async () => {
    const { rules } = (await eslint.calculateConfigForFile('server/src/main.ts')) as {
      rules: Record<'boundaries/dependencies', [number, { policies: Policy[] }]>;
    };
    // Tests and the files that put a program together import every room.
    const policies = rules['boundaries/dependencies'][1].policies.filter(
      ({ from }) => !/-(test|root)$/.test(nameOf(from)),
    );
    const imports = new Map(
      policies.map(({ from, allow }) => [
        nameOf(from),
        policies
          .map((other) => nameOf(other.from))
          .filter((name) => name !== nameOf(from))
          .filter((name) => allow.to.file.categories.anyOf.some((pattern) => posix.matchesGlob(name, pattern))),
      ]),
    );
    const circles: string[] = [];
    const walk = (path: string[]): void => {
      for (const next of imports.get(path.at(-1)!)!) {
        if (next === path[0]) circles.push([...path, next].join(' → '));
        else if (next > path[0]! && !path.includes(next)) walk([...path, next]);
      }
    };
    for (const room of imports.keys()) walk([room]);
    expect(imports.size).toBeGreaterThan(30);
    expect(circles).toEqual([]);
  });

  test('has only rooms with files', async () => {
    const { settings } = (await eslint.calculateConfigForFile('server/src/main.ts')) as {
      settings: Record<string, { category: string; pattern: string }[]>;
    };
    const rooms = settings['boundaries/files']!;
    expect(rooms.length).toBeGreaterThan(20);
    expect(rooms.filter(({ pattern }) => globSync(pattern).length === 0)).toEqual([]);
  });
});

describe('the lint rules', () => {
  test('let only config read the environment', async () => {
    const code = 'process.env["PORT"];\n';
    expect(await refusals('server/src/main.ts', code)).toContain('no-restricted-properties');
    expect(await refusals('server/src/config/read-environment.ts', code)).not.toContain('no-restricted-properties');
    expect(await refusals('server/src/main.ts', "import { env } from 'node:process';\n")).toContain(
      'no-restricted-imports',
    );
  });

  test.each(['ws', 'fastify', 'node:http', 'node:net', '@nestjs/websockets', 'prom-client'])(
    'keep %s out of delivery',
    async (name) => {
      expect(await refusals('server/src/delivery/engine.ts', `import '${name}';\n`)).toEqual(['no-restricted-imports']);
    },
  );

  test.each(['@angular/core', 'ws', 'node:fs'])('keep %s out of the client library', async (name) => {
    expect(await refusals('client/sdk/connection/x.ts', `import '${name}';\n`)).toEqual(['no-restricted-imports']);
  });

  test('keep Angular out of the specs of the client library', async () => {
    const file = 'client/sdk/connection/x.spec.ts';
    expect(await refusals(file, "import '@angular/core/testing';\n")).toEqual(['no-restricted-imports']);
    expect(await refusals(file, "import '@jest/globals';\nimport 'node:fs';\n")).toEqual([]);
  });

  test('allow rxjs in the client library', async () => {
    expect(await refusals('client/sdk/connection/x.ts', "import 'rxjs';\nimport 'rxjs/webSocket';\n")).toEqual([]);
  });

  test('forbid barrels', async () => {
    const code = "export * from './auth.service.js';\n";
    expect(await refusals('server/src/auth/auth.ts', code)).toEqual(['no-restricted-syntax']);
    expect(await refusals('server/src/auth/index.ts', '')).toEqual(['no-restricted-syntax']);
    expect(await refusals('protocol/messages/index.ts', '')).toEqual(['no-restricted-syntax']);
  });

  test('allow the entries of a workspace to be barrels', async () => {
    expect(await refusals('protocol/index.ts', "export * from './frames.ts';\n")).toEqual([]);
    expect(await refusals('client/sdk/inbox/index.ts', "export { matches } from './matches.ts';\n")).toEqual([]);
  });

  test.each(['utils', 'helpers', 'managers', 'shared', 'common'])('forbid a folder named %s', async (name) => {
    expect(await refusals(`server/src/auth/${name}/thing.ts`, '')).toEqual(['no-restricted-syntax']);
    expect(await refusals(`client/src/app/pages/inbox/${name}/thing.ts`, '')).toEqual(['no-restricted-syntax']);
  });

  test('allow a file 300 lines of code, without comments', async () => {
    expect(await refusals('protocol/long.ts', ';\n// why\n\n'.repeat(300))).toEqual([]);
    expect(await refusals('protocol/long.ts', ';\n'.repeat(301))).toEqual(['max-lines']);
  });

  test.each(['client/src/app/pages/inbox/inbox-page.html', 'client/src/app/pages/inbox/inbox-page.ts'])(
    'require keyboard access in %s',
    async (file) => {
      const template = '<div (click)="open()"></div>\n';
      const component = `import { Component } from '@angular/core';\n@Component({ selector: 'app-x', template: '${template.trim()}' })\nexport class X {}\n`;
      const refused = await refusals(file, file.endsWith('.html') ? template : component);
      expect(refused).toContain('@angular-eslint/template/click-events-have-key-events');
    },
  );
});
