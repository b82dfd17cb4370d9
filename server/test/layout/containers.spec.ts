import { existsSync, readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import { parse } from 'yaml';
import { checkEnvironment } from '../../src/config/read-environment.js';
import { copiedFromContext, readStages } from './dockerfile.js';

interface Service {
  profiles?: string[];
  networks: { herald?: { ipv4_address?: string; aliases?: string[] } | null; database?: null };
  stop_grace_period?: string;
  build: { context: string; dockerfile: string };
  environment: Record<string, string | null>;
  ports?: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
}

const source = readFileSync('docker-compose.yml', 'utf8');
const NODES = ['node-1', 'node-2', 'node-3'] as const;
const { services, networks } = parse(source, { merge: true }) as {
  services: Record<'server' | 'client' | 'cluster' | 'postgres' | (typeof NODES)[number], Service>;
  networks: { herald: { ipam: { config: [{ subnet: string }] } }; database: object };
};
const { server, client } = services;
const nodes = NODES.map((name) => services[name]);
const { wireit, workspaces } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  wireit: { build: { dependencies: string[] } };
  workspaces: string[];
};
const known = readFileSync('.env.example', 'utf8').matchAll(/^(?:# )?([A-Z_]+)=/gm);
const knownVariables = new Set(Array.from(known, ([, name]) => name));

describe('docker-compose.yml', () => {
  test('has the server and the client, unless a profile is chosen', () => {
    const always = Object.entries(services).filter(([, { profiles }]) => profiles === undefined);
    expect(always.map(([name]) => name)).toEqual(['server', 'client']);
  });

  test('refuses to start without a secret and a password', () => {
    expect(services.server.environment['SECRET_KEY']).toMatch(/^\$\{SECRET_KEY:\?.+\}$/);
    expect(services.server.environment['ADMIN_PASSWORD']).toMatch(/^\$\{ADMIN_PASSWORD:\?.+\}$/);
  });

  test('uses no variable that .env.example does not explain', () => {
    const ofPostgres = Object.keys(services.postgres.environment);
    const known = (name: string): boolean =>
      knownVariables.has(name) || name === 'SERVER_ADDRESS' || ofPostgres.includes(name);
    const interpolated = Array.from(source.matchAll(/\$\{([A-Z_]+)/g), ([, name]) => name);
    const passedOn = Object.values(services).flatMap(({ environment }) => Object.keys(environment));
    expect([...interpolated, ...passedOn].filter((name) => !known(name!))).toEqual([]);
  });

  test('passes on every other variable that .env.example explains', () => {
    // The images fix these; compose publishes their ports, and its nginx serves the page at the root.
    const fixed = ['NODE_ENV', 'HOST', 'PORT', 'UI_PORT', 'BASE_PATH'];
    const passedOn = Object.values(services).flatMap(({ environment }) => Object.keys(environment));
    expect([...knownVariables].filter((name) => !fixed.includes(name!) && !passedOn.includes(name!))).toEqual([]);
  });

  test('trusts only the container of the client and the listed proxies', () => {
    const { ipv4_address: address } = client.networks.herald!;
    expect(server.networks).toEqual({ herald: null });
    for (const { environment } of [server, ...nodes])
      expect(environment['TRUSTED_PROXIES']).toBe(`${address!}\${TRUSTED_PROXIES:+,\${TRUSTED_PROXIES}}`);
    expect(services.cluster.networks).toEqual(client.networks);
    const [{ subnet }] = networks.herald.ipam.config;
    const isInside = new BlockList();
    isInside.addSubnet(subnet.split('/')[0]!, Number(subnet.split('/')[1]));
    expect(isInside.check(address!)).toBe(true);
  });

  test('gives the server the time that it takes to drain and to stop', () => {
    const drainSeconds = Number(
      /DRAIN_SECONDS: '(\d+)'/.exec(readFileSync('server/src/config/read-environment.ts', 'utf8'))![1],
    );
    const stop = /STOP_WITHIN_MS = (\d+)_000/.exec(readFileSync('server/src/serve.ts', 'utf8'))!;
    for (const { stop_grace_period: grace } of [server, ...nodes])
      expect(Number.parseInt(grace!, 10)).toBeGreaterThan(drainSeconds + Number(stop[1]));
  });

  test('starts the client once the server is healthy', () => {
    expect(services.client.depends_on).toEqual({ server: { condition: 'service_healthy' } });
  });

  test('keeps the store in a volume, at the path of the default DATABASE_URL', () => {
    expect(services.server.volumes).toEqual(['data:/app/data']);
    const stages = readStages(services.server.build.dockerfile);
    expect(stages.at(-1)!.find(({ name }) => name === 'VOLUME')?.args).toBe('/app/data');
    expect(readFileSync('.env.example', 'utf8')).toContain('sqlite:./data/herald.db');
  });

  test('offers the API to this machine on 8000 and the page to everyone on 3000', () => {
    expect(services.server.ports).toEqual([expect.stringMatching(/^127\.0\.0\.1:\$\{PORT:-8000\}:8000$/)]);
    expect(services.client.ports).toEqual([expect.stringMatching(/^\$\{UI_PORT:-3000\}:3000$/)]);
  });

  test.each(Object.entries(services))('gives %s no more rights than it needs', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      restart: 'unless-stopped',
    });
    expect(service).not.toHaveProperty('privileged');
  });
});

describe('the profile cluster', () => {
  /** A service with those that it depends on, and so on. */
  function startedBy(name: string): string[] {
    const others = Object.keys(services[name as keyof typeof services].depends_on ?? {});
    return [name, ...others.flatMap(startedBy)];
  }

  test('is PostgreSQL, three servers and nginx, and its service cluster starts these alone', () => {
    const own = Object.entries(services).filter(([, { profiles }]) => profiles?.join() === 'cluster');
    expect(own.map(([name]) => name)).toEqual(['cluster', ...NODES, 'postgres']);
    expect([...new Set(startedBy('cluster'))].sort()).toEqual(own.map(([name]) => name).sort());
  });

  test('starts each part once those that it needs are healthy', () => {
    const healthy = { condition: 'service_healthy' };
    expect(services.cluster.depends_on).toEqual(Object.fromEntries(NODES.map((name) => [name, healthy])));
    for (const node of nodes) expect(node.depends_on).toEqual({ postgres: healthy });
  });

  test('has the images and the settings of one server, but the store of all', () => {
    for (const { build, environment } of nodes) {
      expect(build).toEqual(server.build);
      const store = { DATABASE_URL: 'postgres://herald@postgres/herald', DATABASE_LISTEN_URL: '' };
      expect(environment).toEqual({ ...server.environment, ...store });
      const sound = { SECRET_KEY: 'f174317839051dbfd5755099852db8d1', ADMIN_PASSWORD: 'correct horse' };
      expect(checkEnvironment({ NODE_ENV: 'production', ...sound, ...store }).isShared).toBe(true);
    }
    expect(services.cluster.build).toEqual(client.build);
  });

  test('has a network in which only the servers reach the database', () => {
    const inside = Object.entries(services).filter(([, service]) => 'database' in service.networks);
    expect(inside.map(([name]) => name)).toEqual([...NODES, 'postgres']);
    expect(services.postgres.networks).toEqual({ database: null });
    expect(networks.database).toEqual({ internal: true });
    expect(services.postgres).not.toHaveProperty('ports');
  });

  test('lets nginx find all servers by one name', () => {
    const [name, port] = services.cluster.environment['SERVER_ADDRESS']!.split(':');
    for (const node of nodes) expect(node.networks.herald).toEqual({ aliases: [name] });
    const exposed = readStages(server.build.dockerfile)
      .at(-1)!
      .find((instruction) => instruction.name === 'EXPOSE');
    expect(port).toBe(exposed!.args);
  });

  test('offers page and API where one server does', () => {
    expect(services.cluster.ports).toEqual([...client.ports!, server.ports![0]!.replace(/:8000$/, ':3000')]);
    for (const node of nodes) expect(node).not.toHaveProperty('ports');
  });

  test('keeps the database in a volume of its own', () => {
    expect(services.postgres.volumes).toEqual(['database:/var/lib/postgresql/data']);
    expect(Object.keys((parse(source) as { volumes: object }).volumes)).toEqual(['data', 'database']);
  });
});

describe.each(Object.entries({ server, client }))('the image of %s', (_, { build, ports }) => {
  const { dockerfile } = build;
  const stages = readStages(build.dockerfile);
  const last = stages.at(-1)!;
  const argsOf = (name: string): string | undefined => last.findLast((instruction) => instruction.name === name)?.args;

  test('is built in stages, and the last stage has no build tools', () => {
    expect(stages.length).toBeGreaterThan(1);
    expect(last.map(({ name }) => name)).not.toContain('RUN');
  });

  test('is built by a script that is part of `npm run build`', () => {
    const isBuild = (args: string): boolean => !args.includes('npm ci') && args !== 'mkdir data';
    const runs = stages.flat().filter(({ name, args }) => name === 'RUN' && isBuild(args));
    expect(runs.map(({ args }) => args)).toEqual([`npm run build:${dockerfile.split('/')[0]!}`]);
    expect(wireit.build.dependencies).toContain(`build:${dockerfile.split('/')[0]!}`);
  });

  test('has the package.json of every workspace before `npm ci`', () => {
    const instructions = stages.flat();
    const firstInstall = instructions.findIndex(({ name, args }) => name === 'RUN' && args.includes('npm ci'));
    expect(firstInstall).toBeGreaterThan(0);
    const copied = copiedFromContext([instructions.slice(0, firstInstall)]);
    expect(copied).toEqual(expect.arrayContaining(workspaces.map((folder) => `${folder}/package.json`)));
  });

  test('does not run as root', () => {
    expect(argsOf('USER')).toMatch(/^(node|nginx)$/);
  });

  test('has a health check', () => {
    const [, command] = argsOf('HEALTHCHECK')!.split('CMD ');
    expect(JSON.parse(command!)).toEqual(expect.arrayContaining([expect.stringContaining('http://127.0.0.1:')]));
  });

  test('exposes the port that compose publishes', () => {
    expect(ports).toEqual([expect.stringMatching(new RegExp(`:${argsOf('EXPOSE')!}$`))]);
  });

  test('copies only existing files', () => {
    const missing = copiedFromContext(stages).filter((path) => !existsSync(`${build.context}/${path}`));
    expect(missing).toEqual([]);
  });

  test('copies only files that .dockerignore lets through', () => {
    const ignoreFile = readFileSync('.dockerignore', 'utf8').split('\n');
    const tops = copiedFromContext(stages).map((path) => path.split('/')[0]!);
    expect(tops.filter((top) => !ignoreFile.includes(`!${top}`))).toEqual([]);
  });
});

test('the image of server has the package to which node_modules/@herald/protocol links', () => {
  const last = readStages(services.server.build.dockerfile).at(-1)!;
  const copies = last.filter(({ name }) => name === 'COPY').map(({ args }) => args);
  expect(copies).toContain('--from=build /app/protocol protocol');
});
