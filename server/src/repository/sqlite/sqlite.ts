import { sql } from 'kysely';
import { audienceGram, gramsIn } from '../sql/grams.js';
import type { SqlDialect } from '../sql/sql-database.js';

/** The SQL of SQLite. Searches use its index FTS5 without a copy of the text (https://sqlite.org/fts5.html). */
export const SQLITE: SqlDialect = {
  text: 'text',
  each: (json) => sql`json_each(${json})`,
  migrationLock: undefined,
  texts: (json) => sql`json_each(${json})`,
  anyOf: (texts) => sql`IN (SELECT value FROM json_each(${JSON.stringify(texts)}))`,
  contains: (text, part) => sql<boolean>`instr(${text}, ${part}) > 0`,
  searchTables: [
    `CREATE VIRTUAL TABLE searched USING fts5(
      grams, content = '', contentless_delete = 1, detail = none, tokenize = "ascii tokenchars '_'")`,
  ],
  addToSearch: (rows) => sql`
    INSERT INTO searched (rowid, grams) SELECT value ->> 'no', value ->> 'grams' FROM json_each(${rows})`,
  removeFromSearch: (nos) => sql`DELETE FROM searched WHERE rowid IN ${nos}`,
  // SQLite does not reorder a CROSS JOIN: the index comes first.
  found: (words, audiences) => sql`
    (SELECT rowid AS no FROM searched WHERE searched MATCH ${queryFor(words, audiences)} ORDER BY rowid DESC) s
    CROSS JOIN notifications n ON n.no = s.no`,
  findsNewestFirst: true,
  fromEach: (each, some) => sql`
    json_each(${JSON.stringify(each)}) a JOIN notifications n ON n.no IN (${some(sql`a.value`)})`,
  withMarkOf: (username) => sql`LEFT JOIN marks m ON m.username = ${username} AND m.no = n.no`,
  notify: () => undefined,
};

/** A query as in https://sqlite.org/fts5.html#full_text_query_syntax, where grams are plain words. */
function queryFor(words: readonly string[], audiences: readonly number[] | undefined): string {
  const wanted = words.flatMap((word) => {
    const { grams, isBeginning } = gramsIn(word);
    return isBeginning ? grams.map((gram) => `${gram}*`) : grams;
  });
  const anyAudience = audiences === undefined ? [] : [`(${audiences.map(audienceGram).join(' OR ') || '__none'})`];
  return [...new Set(wanted), ...anyAudience].join(' AND ');
}
