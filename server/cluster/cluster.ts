import { randomBytes } from 'node:crypto';
import { Balancer } from './balancer.ts';
import { NodeProcess } from './node-process.ts';
import { PrivatePostgres } from './private-postgres.ts';

const NODES = 3;

/** Ports of the balancer for the API and the page; each node has the next ones. 0: any free port, and no page. */
export interface Ports {
  api: number;
  page: number;
}

/** PostgreSQL, several servers that share it, and a balancer before them, all on this machine. */
export class Cluster {
  readonly #postgres: PrivatePostgres;
  readonly #nodes: NodeProcess[] = [];
  readonly #balancers: Balancer[] = [];
  #isStopped = false;

  /** @param programs the folder with those of PostgreSQL */
  constructor(programs: string) {
    this.#postgres = new PrivatePostgres(programs);
  }

  /**
   * Starts everything.
   * @param options of Node and the server's main module
   * @returns lines that tell where everything is
   * @throws Error if a part does not start; `stop` then stops the others
   */
  async start(options: readonly string[], ports: Ports): Promise<string[]> {
    this.#postgres.initialise();
    // Ctrl-C would end it before the nodes.
    await this.#postgres.run(true);
    if (this.#isStopped) return [];
    const SECRET_KEY = randomBytes(32).toString('hex');
    const shared = { ...SETTINGS, SECRET_KEY, DATABASE_URL: this.#postgres.url('postgres') };
    for (let n = 1; n <= NODES; n++) {
      const own = { PORT: String(after(ports.api, n)), UI_PORT: String(after(ports.page, n)) };
      this.#nodes.push(new NodeProcess(`node ${n}`, options, { ...shared, ...own }));
    }
    const nodePorts = await Promise.all(this.#nodes.map((node) => node.port()));
    const api = await this.#balance(nodePorts, ports.api);
    const nodes = this.#nodes.map(({ name, pid }, index) => {
      const page = ports.page === 0 ? '' : `, page http://localhost:${after(ports.page, index + 1)}`;
      return `${name}: API http://localhost:${nodePorts[index] ?? 0}${page}, process ${pid ?? 0}`;
    });
    const lines = [`API and WebSocket of all nodes: http://localhost:${api}`, ...nodes];
    if (ports.page === 0) return lines;
    await this.#balance(
      nodePorts.map((_, index) => after(ports.page, index + 1)),
      ports.page,
    );
    return [`Page of all nodes: http://localhost:${ports.page}`, ...lines];
  }

  /** Stops everything in good order, and removes the database. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const balancer of this.#balancers) balancer.stopListening();
    await Promise.all(this.#nodes.map((node) => node.stop()));
    for (const balancer of this.#balancers) balancer.close();
    await this.#postgres.remove();
  }

  async #balance(nodes: readonly number[], port: number): Promise<number> {
    const balancer = new Balancer(nodes);
    this.#balancers.push(balancer);
    return balancer.listen(port);
  }
}

/** Those that an `.env` for production must not change. */
const SETTINGS = {
  NODE_ENV: 'development',
  HOST: '127.0.0.1',
  WORKERS: '1',
  LOG_LEVEL: 'info',
  DATABASE_LISTEN_URL: '',
};

function after(port: number, n: number): number {
  return port === 0 ? 0 : port + n;
}
