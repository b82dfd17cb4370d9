import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { useServer } from '../running-server.js';
import { OpenApiDocument } from './openapi-document.js';

describe('the OpenAPI document', () => {
  const server = useServer();
  let document: OpenApiDocument;

  beforeAll(async () => {
    document = await OpenApiDocument.of(server);
  });

  test('generates functions named by verbs, and types named as in the protocol', () => {
    const ids = [...document.operations.values()].map(({ operationId }) => operationId);
    const verbs =
      /^(cancel|change|check|choose|acknowledge|create|find|follow|get|list|preview|read|refresh|remove|retract|rotate|save|send|sign|stream|unfollow)[A-Z]/;
    expect(ids.filter((id) => !verbs.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['sendNotification', 'listInbox']));
    const schemas = Object.keys(document.content.components.schemas);
    expect(schemas.filter((name) => name.endsWith('Dto'))).toEqual([]);
    expect(schemas).toEqual(expect.arrayContaining(['Notification', 'InboxPage', 'ErrorAnswer']));
  });

  test('passes the linter', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'openapi-'));
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(document.content));
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'lint.js'), file]);
    await rm(folder, { recursive: true });
    expect(stdout).toBe('');
  });

  test('has no JavaScript-only patterns, and no optional response fields with a default', () => {
    expect(JSON.stringify(document.content)).not.toMatch(/\\\\p\{/);
    for (const { properties = {} } of Object.values(document.content.components.schemas) as {
      properties?: Record<string, object>;
    }[]) {
      for (const property of Object.values(properties)) expect(property).not.toHaveProperty('default');
    }
  });

  test('names each parameter only once, ignoring case', () => {
    for (const { parameters = [] } of document.operations.values()) {
      const names = parameters.map((parameter) => `${parameter.in} ${parameter.name.toLowerCase()}`);
      expect(names).toEqual([...new Set(names)]);
    }
  });

  test('has examples that match their schemas', () => {
    const faults: string[] = [];
    const check = (at: string, value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      // A property may have the name `example`.
      if ('example' in value && !at.endsWith('/properties'))
        faults.push(
          document.faultsOf(
            value.example,
            'schema' in value ? (value.schema as object as Record<string, unknown>) : { ...value },
          ),
        );
      for (const [key, inner] of Object.entries(value))
        if (at.endsWith('/properties') || (key !== 'example' && key !== 'examples')) check(`${at}/${key}`, inner);
    };
    check('', document.content.components.schemas);
    check('', document.content.paths);
    for (const { requestBody } of document.operations.values()) {
      const { schema = {}, examples = {} } = requestBody?.content['application/json'] ?? {};
      for (const { value } of Object.values(examples)) faults.push(document.faultsOf(value, schema));
    }
    expect(faults.filter(Boolean)).toEqual([]);
  });
});
