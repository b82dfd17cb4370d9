import { MANY, newApp } from './app-repository.contract.js';
import { ANY_NUMBER, newTemplate } from './app-template-repository.contract.js';
import type { StoredData } from './stored-data.js';

/** Leaves the tables as a version with apps, but without their templates, wrote them. */
const UNDO_TEMPLATES = `
  DROP INDEX requests_by_expiry;
  DROP TABLE app_templates;
  DELETE FROM kysely_migration WHERE name > '0002-apps'`;

/** Leaves the tables as a version without apps wrote them. */
const UNDO_APPS = `
  DROP INDEX requests_by_expiry;
  DROP TABLE app_templates;
  DROP TABLE apps;
  DROP INDEX removed_names_by_app_owner;
  ALTER TABLE removed_names DROP COLUMN app_owner;
  ALTER TABLE log DROP COLUMN last_app;
  ALTER TABLE log DROP COLUMN app_changes;
  DELETE FROM kysely_migration WHERE name > '0001-begin'`;

/**
 * Expects that a store of an earlier version without apps keeps its users, and takes apps.
 * @param execute runs SQL on the closed store
 */
export async function expectMigrationOfApps(data: StoredData, execute: (sql: string) => unknown): Promise<void> {
  const before = await data.open();
  await before.users.add({ username: 'ada', passwordHash: '', roles: [], topics: [] });
  await before.close();
  await execute(UNDO_APPS);
  const store = await data.open();
  expect(await store.users.find('ada')).toMatchObject({ username: 'ada' });
  expect(await store.apps.add(newApp(), MANY)).toMatchObject({ id: 1, name: 'builds' });
}

/**
 * Expects that a store of an earlier version without templates keeps its apps, and takes templates.
 * @param execute runs SQL on the closed store
 */
export async function expectMigrationOfTemplates(data: StoredData, execute: (sql: string) => unknown): Promise<void> {
  const before = await data.open();
  await before.users.add({ username: 'ada', passwordHash: '', roles: [], topics: [] });
  const app = await before.apps.add(newApp(), MANY);
  await before.close();
  await execute(UNDO_TEMPLATES);
  const store = await data.open();
  expect(await store.apps.find(1)).toEqual(app);
  expect(await store.templates.put(1, newTemplate(), ANY_NUMBER)).toBeUndefined();
  expect(await store.templates.list(1)).toEqual([newTemplate()]);
}
