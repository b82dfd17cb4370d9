import { runStoreCommand } from './store-command.js';
import { backUp } from './repository/sqlite/backup.js';

/** `npm run backup -- FILE`: copies the store while a server may use it. */
await runStoreCommand('backup', (store, file) => {
  backUp(store, file);
  return `Backed up ${store} to ${file}`;
});
