import type { CheckEnd, CopyEnd } from '../copy/copy-end.js';
import { postgresSql } from './postgres.js';
import { whileOpening } from './postgres-errors.js';
import { configOf, nameOf, openUnhurried, refuseUnsuited } from './postgres-connections.js';

/** Opens a database to copy its store, or to copy one to it. @throws StoreError */
export async function openPostgresEnd(url: string, check: CheckEnd): Promise<CopyEnd> {
  const [name, db] = [nameOf(url), openUnhurried(configOf(url))];
  try {
    await refuseUnsuited(db, name);
    const explain = (error: unknown): unknown => whileOpening(name, error);
    const end = { name, db, dialect: postgresSql('a copy'), explain, close: () => db.destroy() };
    await check(end);
    return end;
  } catch (error) {
    await db.destroy();
    throw whileOpening(name, error);
  }
}
