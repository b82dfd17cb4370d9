import type { Environment } from './config/environment.js';
import { envFileWarnings } from './config/read-environment.js';

/** Facts of a server that has started, for the operator; a worker sends them to the primary process. */
export interface Announcement {
  /** Port of the API and the WebSocket. */
  port: number;
  /** Where the store is. */
  place: string;
  /** Why the store may lose what it has confirmed; absent if it loses nothing. */
  risk?: string | undefined;
  /** Whether UI_PORT answers with the page. */
  hasPage: boolean;
}

/** The methods of a Nest logger that are used here. */
interface Log {
  log(message: string): void;
  warn(message: string): void;
}

/** Logs the store and the addresses of a server that has started. */
export function announce(log: Log, environment: Environment, { port, place, risk, hasPage }: Announcement): void {
  const { WORKERS, UI_PORT, BASE_PATH } = environment;
  log.log(`Store ${place}`);
  log.log(`API and WebSocket on http://localhost:${port}${WORKERS > 1 ? `, by ${WORKERS} workers` : ''}`);
  log.log(`Swagger UI on http://localhost:${port}/docs`);
  if (hasPage) log.log(`Page on http://localhost:${UI_PORT}${BASE_PATH}`);
  if (risk !== undefined) log.warn(risk);
  if (environment.isDemoExposed) {
    log.warn(
      'Others can reach this server, and its password or its secret is known to everyone; set ADMIN_PASSWORD and SECRET_KEY',
    );
  }
  for (const warning of envFileWarnings()) log.warn(warning);
}
