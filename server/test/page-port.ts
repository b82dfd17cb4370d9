import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkEnvironment } from '../src/config/read-environment.js';
import { createPageServer } from '../src/page/page-server.js';

/** Content of the page's only file. */
export const PAGE = '<!doctype html><base href="/"><title>Herald</title>';

export interface PagePort {
  readonly host: string;
  /** Folder of the page. */
  readonly root: string;
  close(): Promise<void>;
}

/** Serves a page of one file, and forwards to the API as in production. */
export async function startPagePort(api: Server, variables: NodeJS.ProcessEnv): Promise<PagePort> {
  const root = await mkdtemp(join(tmpdir(), 'herald-page-'));
  await writeFile(join(root, 'index.html'), PAGE);
  await writeFile(join(root, 'ngsw.json'), JSON.stringify({ index: '/index.html', assetGroups: [], hashTable: {} }));
  const page = await createPageServer({ root, environment: checkEnvironment(variables), api });
  await page.listen({ port: 0, host: '127.0.0.1' });
  return {
    host: `127.0.0.1:${(page.server.address() as AddressInfo).port}`,
    root,
    async close() {
      await page.close();
      await rm(root, { recursive: true });
    },
  };
}
