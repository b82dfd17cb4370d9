import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { freePort } from '../chaos/server-process.js';
import { ALERTMANAGER } from './programs.js';

/** Address of Alertmanager in what it sends. */
export const EXTERNAL_URL = 'http://alertmanager.example';
/** The wait lets all alerts of a request into their group before it is sent. */
const ROUTE = 'route: { receiver: herald, group_by: [alertname], group_wait: 500ms, group_interval: 1s }';

/** Includes processes left over by failed tests. They share Jest's standard error, so Jest would wait for them for ever. */
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** An alert as Prometheus sends it to Alertmanager. */
export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** ISO 8601. A past instant resolves the alert. */
  readonly endsAt?: string;
}

/** An Alertmanager that tells one receiver of each alert. */
export class AlertmanagerProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    private readonly url: string,
  ) {}

  /** @param receiver the lines of YAML below `receivers` */
  static async start(receiver: string): Promise<AlertmanagerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'alertmanager-'));
    const listenAt = `127.0.0.1:${await freePort()}`;
    const file = join(folder, 'alertmanager.yml');
    await writeFile(file, `${ROUTE}\nreceivers:\n${receiver}`);
    const flags = [
      `--config.file=${file}`,
      `--storage.path=${folder}`,
      `--web.listen-address=${listenAt}`,
      `--web.external-url=${EXTERNAL_URL}`,
    ];
    const child = spawn(ALERTMANAGER, [...flags, '--cluster.listen-address=', '--log.level=error'], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const alertmanager = new AlertmanagerProcess(child, folder, `http://${listenAt}`);
    await Promise.race([
      alertmanager.#ready(),
      once(child, 'exit').then(() => Promise.reject(new Error('Alertmanager ended; see above'))),
    ]);
    return alertmanager;
  }

  async #ready(): Promise<void> {
    while (running.has(this.child) && !(await fetch(`${this.url}/-/ready`).catch(() => undefined))?.ok)
      await setTimeout(20);
  }

  /** Passes alerts on as Prometheus does. */
  async tell(...alerts: Alert[]): Promise<void> {
    const headers = { 'Content-Type': 'application/json' };
    const { status } = await fetch(`${this.url}/api/v2/alerts`, {
      method: 'POST',
      headers,
      body: JSON.stringify(alerts),
    });
    expect(status).toBe(200);
  }

  async stop(): Promise<void> {
    this.child.kill();
    await once(this.child, 'exit');
    await rm(this.folder, { recursive: true });
  }
}
