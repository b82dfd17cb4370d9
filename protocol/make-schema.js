/** `npm run schema` writes the JSON Schema of all frames, made from the types in frames.ts. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import prettier from 'prettier';
import { createGenerator } from 'ts-json-schema-generator';

const pathOf = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
export const SCHEMA = pathOf('frames.schema.json');

/** @returns {Promise<string>} the schema as formatted JSON; a frame is a `ServerFrame` or a `ClientFrame` */
export async function frameSchema() {
  const generator = createGenerator({
    path: pathOf('frames.ts'),
    tsconfig: pathOf('tsconfig.json'),
    // Later versions add fields to frames, and clients ignore the fields that they don't know.
    additionalProperties: true,
    skipTypeCheck: true,
  });
  const [server, client] = ['ServerFrame', 'ClientFrame'].map((type) => generator.createSchema(type).definitions);
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Frames of herald.v1',
    anyOf: [{ $ref: '#/definitions/ServerFrame' }, { $ref: '#/definitions/ClientFrame' }],
    definitions: { ...server, ...client },
  };
  return prettier.format(JSON.stringify(schema), { ...(await prettier.resolveConfig(SCHEMA)), filepath: SCHEMA });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(SCHEMA, await frameSchema());
