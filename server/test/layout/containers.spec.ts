import { existsSync, readFileSync } from 'node:fs';
import { BlockList } from 'node:net';
import { parse } from 'yaml';
import { copiedFromContext, readStages } from './dockerfile.js';

interface Service {
  networks: { herald: { ipv4_address?: string } | null };
  build: { context: string; dockerfile: string };
  environment: Record<string, string | null>;
  ports: string[];
  volumes?: string[];
  depends_on?: Record<string, { condition: string }>;
}

const source = readFileSync('docker-compose.yml', 'utf8');
const { services, networks } = parse(source) as {
  services: Record<'server' | 'client', Service>;
  networks: { herald: { ipam: { config: [{ subnet: string }] } } };
};
const { wireit, workspaces } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  wireit: { build: { dependencies: string[] } };
  workspaces: string[];
};
const known = readFileSync('.env.example', 'utf8').matchAll(/^(?:# )?([A-Z_]+)=/gm);
const knownVariables = new Set(Array.from(known, ([, name]) => name));

describe('docker-compose.yml', () => {
  test('has the server and the client', () => {
    expect(Object.keys(services)).toEqual(['server', 'client']);
  });

  test('refuses to start without a secret and a password', () => {
    expect(services.server.environment['SECRET_KEY']).toMatch(/^\$\{SECRET_KEY:\?.+\}$/);
    expect(services.server.environment['ADMIN_PASSWORD']).toMatch(/^\$\{ADMIN_PASSWORD:\?.+\}$/);
  });

  test('uses no variable that .env.example does not explain', () => {
    const interpolated = Array.from(source.matchAll(/\$\{([A-Z_]+)/g), ([, name]) => name);
    const passedOn = Object.values(services).flatMap(({ environment }) => Object.keys(environment));
    expect([...interpolated, ...passedOn].filter((name) => !knownVariables.has(name))).toEqual([]);
  });

  test('passes on every other variable that .env.example explains', () => {
    // The images fix these; compose publishes their ports, and its nginx serves the page at the root.
    const fixed = ['NODE_ENV', 'HOST', 'PORT', 'UI_PORT', 'BASE_PATH'];
    const passedOn = Object.values(services).flatMap(({ environment }) => Object.keys(environment));
    expect([...knownVariables].filter((name) => !fixed.includes(name!) && !passedOn.includes(name!))).toEqual([]);
  });

  test('trusts only the container of the client and the listed proxies', () => {
    const { ipv4_address: address } = services.client.networks.herald!;
    expect(services.server.networks).toEqual({ herald: null });
    expect(services.server.environment['TRUSTED_PROXIES']).toBe(`${address!}\${TRUSTED_PROXIES:+,\${TRUSTED_PROXIES}}`);
    const [{ subnet }] = networks.herald.ipam.config;
    const isInside = new BlockList();
    isInside.addSubnet(subnet.split('/')[0]!, Number(subnet.split('/')[1]));
    expect(isInside.check(address!)).toBe(true);
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

describe.each(Object.entries(services))('the image of %s', (_, { build, ports }) => {
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
