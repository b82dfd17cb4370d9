import type { AppTemplate } from '@herald/protocol';
import { type Kysely, sql, type Transaction } from 'kysely';
import {
  AppTemplateRepository,
  conflictOf,
  type ExpectedTemplate,
  type TemplateFault,
  type TemplateLimits,
} from '../app-template-repository.js';
import type { SqlDatabase } from './sql-database.js';
import type { Tables } from './tables.js';

/** Templates of apps in the tables of a database. */
export class SqlAppTemplateRepository extends AppTemplateRepository {
  constructor(private readonly database: SqlDatabase) {
    super();
  }

  override find(app: number, name: string): Promise<AppTemplate | undefined> {
    return findIn(this.database.reads, app, name);
  }

  override async list(app: number): Promise<AppTemplate[]> {
    const query = this.database.reads.selectFrom('app_templates').select('template').where('app', '=', app);
    const rows = await query.orderBy('name').execute();
    return rows.map(({ template }) => JSON.parse(template) as AppTemplate);
  }

  override put(
    app: number,
    template: AppTemplate,
    limits: TemplateLimits,
    expected?: ExpectedTemplate,
  ): Promise<TemplateFault | undefined> {
    return this.database.transactions.run(async (db) => {
      const fault = await faultOf(db, app, template.name, limits, expected);
      if (fault !== undefined) return fault;
      await sql`
        INSERT INTO app_templates (app, name, template) VALUES (${app}, ${template.name}, ${JSON.stringify(template)})
        ON CONFLICT (app, name) DO UPDATE SET template = excluded.template`.execute(db);
      return undefined;
    });
  }

  override remove(app: number, name: string): Promise<boolean> {
    return this.database.transactions.run(async (db) => {
      const query = db.deleteFrom('app_templates').where('app', '=', app).where('name', '=', name);
      return (await query.executeTakeFirst()).numDeletedRows > 0n;
    });
  }

  /** Drops the templates of the app with an id, or of all apps of an owner, before the apps are removed. */
  async forget(db: Transaction<Tables>, column: 'id' | 'owner', value: number | string): Promise<void> {
    const apps = db.selectFrom('apps').select('id').where(column, '=', value);
    await db.deleteFrom('app_templates').where('app', 'in', apps).execute();
  }
}

async function findIn(db: Kysely<Tables>, app: number, name: string): Promise<AppTemplate | undefined> {
  const query = db.selectFrom('app_templates').select('template').where('app', '=', app).where('name', '=', name);
  const row = await query.executeTakeFirst();
  return row && (JSON.parse(row.template) as AppTemplate);
}

async function faultOf(
  db: Transaction<Tables>,
  app: number,
  name: string,
  limits: TemplateLimits,
  expected: ExpectedTemplate | undefined,
): Promise<TemplateFault | undefined> {
  const stored = await findIn(db, app, name);
  const { rows } = await sql<{ apps: number; own: number; all_templates: number }>`
    SELECT (SELECT count(*) FROM apps WHERE id = ${app}) AS apps,
      (SELECT count(*) FROM app_templates WHERE app = ${app}) AS own,
      (SELECT count(*) FROM app_templates) AS all_templates`.execute(db);
  const { apps = 0, own = 0, all_templates = 0 } = rows[0] ?? {};
  if (apps === 0) return 'app';
  const conflict = conflictOf(expected, stored);
  if (conflict !== undefined || stored !== undefined) return conflict;
  if (all_templates >= limits.countOfAll) return 'countOfAll';
  return own >= limits.count ? 'count' : undefined;
}
