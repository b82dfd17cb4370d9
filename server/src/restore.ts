import { restore } from './repository/sqlite/backup.js';
import { runStoreCommand } from './store-command.js';

/** `npm run restore -- FILE`: puts a backup in the place of the store, while no server uses it. */
await runStoreCommand('restore', (store, file) => {
  restore(store, file);
  return `Restored ${store} from ${file}`;
});
