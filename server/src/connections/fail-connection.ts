import { Logger } from '@nestjs/common';
import { EpochChanged } from '../delivery/log/log-reader.js';
import { LOG_UNREADABLE } from './closes.js';
import type { Connection } from './connection.js';

const logger = new Logger('Connections');

/** Logs why the entries of a connection can't be read, and closes it. Does nothing when it is closed already. */
export function failConnection(connection: Connection, cause: unknown): void {
  if (!connection.isOpen) return;
  const { id, principal } = connection;
  // It closes every connection; the head check logs it once.
  if (!(cause instanceof EpochChanged))
    logger.error(new Error(`entries unreadable: connection=${id} user=${principal.username}`, { cause }));
  connection.close(LOG_UNREADABLE);
}
