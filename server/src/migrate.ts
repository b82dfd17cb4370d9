import { CopyOutput, countsOf } from './copy-output.js';
import { copyStore } from './repository/copy/copy-store.js';
import { runCommand } from './store-command.js';

/** `npm run migrate -- FROM TO`: copies a store to an empty one of any kind, while no server uses either. */
await runCommand('migrate FROM TO', async (from = '', to = '') => {
  const output = new CopyOutput(process.stdout);
  try {
    return countsOf(await copyStore(from, to, output.show));
  } finally {
    output.end();
  }
});
