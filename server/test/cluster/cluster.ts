import { ServerProcess } from '../chaos/server-process.js';

/** Some servers in processes of their own, with one PostgreSQL database. */
export class Cluster {
  private constructor(readonly nodes: readonly ServerProcess[]) {}

  static async start(count: number, databaseUrl: string): Promise<Cluster> {
    const variables = { DATABASE_URL: databaseUrl, SECRET_KEY: 'the same secret on every node' };
    // At once: they make the tables of one empty database.
    return new Cluster(await Promise.all(Array.from({ length: count }, () => ServerProcess.start(variables))));
  }

  get hosts(): string[] {
    return this.nodes.map(({ host }) => host);
  }

  async kill(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.kill()));
  }
}
