import { mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Replaces a file that only its owner may read. After a crash or a power cut it has its old content or the new one.
 * Makes its folder if there is none.
 */
export async function writeDurably(file: string, text: string): Promise<void> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  await withSynced(await open(fresh, 'w', 0o600), (handle) => handle.writeFile(text));
  await rename(fresh, file);
  // The new name is an entry of the folder, which has to reach the disk as well.
  if (process.platform !== 'win32') await withSynced(await open(folder, 'r'), () => Promise.resolve());
}

async function withSynced<Handle extends { sync(): Promise<void>; close(): Promise<void> }>(
  handle: Handle,
  write: (handle: Handle) => Promise<void>,
): Promise<void> {
  try {
    await write(handle);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
