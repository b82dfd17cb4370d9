import { Ajv, type ValidateFunction } from 'ajv';
import { isInstant } from '../../src/validation/is-instant.js';
import type { RunningServer } from '../running-server.js';

type Schema = Record<string, unknown>;

export interface ApiResponse {
  headers?: Record<string, { required?: boolean; schema: Schema }>;
  content?: Record<string, { schema: Schema }>;
}

export interface ApiOperation {
  operationId: string;
  parameters?: { in: string; name: string; required?: boolean; schema: Schema; example?: unknown }[];
  requestBody?: { content: Record<string, { schema: Schema; examples?: Record<string, { value: unknown }> }> };
  security?: unknown[];
  responses: Record<string, ApiResponse>;
}

interface Content {
  paths: Record<string, Record<string, ApiOperation>>;
  components: { schemas: Record<string, Schema> };
}

/** Id of the document, for the references in it. */
const ID = 'openapi.json';

/** An OpenAPI 3.0 document that validates values against its schemas. A field missing in the schema is a fault. */
export class OpenApiDocument {
  readonly #ajv = new Ajv({ allErrors: true, strict: false });
  readonly #compiled = new Map<Schema, ValidateFunction>();

  private constructor(readonly content: Content) {
    this.#ajv.addFormat('uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    this.#ajv.addFormat('date-time', isInstant);
    this.#ajv.addFormat('password', true);
    this.#ajv.addSchema(toJsonSchema({ components: content.components }) as Schema, ID);
  }

  /** The document that a server offers. */
  static async of(server: RunningServer): Promise<OpenApiDocument> {
    return new OpenApiDocument((await server.get('/docs-json')).body as Content);
  }

  /** Operations by name, such as `post /api/auth/login`. */
  get operations(): Map<string, ApiOperation> {
    const all = Object.entries(this.content.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, ApiOperation] => [`${method} ${path}`, operation]),
    );
    return new Map(all);
  }

  /** Faults of a value; empty if it is valid. */
  faultsOf(value: unknown, schema: Schema): string {
    const fits = this.#compiled.get(schema) ?? this.#ajv.compile(toJsonSchema(schema) as Schema);
    this.#compiled.set(schema, fits);
    return fits(value) ? '' : `${this.#ajv.errorsText(fits.errors)} in ${JSON.stringify(value).slice(0, 500)}`;
  }
}

/** Converts `nullable` of OpenAPI 3.0 to JSON Schema, and closes objects. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, ...schema } = Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'example' ? inner : toJsonSchema(inner)]),
  );
  if (typeof schema['$ref'] === 'string') return { $ref: ID + schema['$ref'] };
  if (schema['type'] === 'object' && schema['properties'] !== undefined) schema['additionalProperties'] = false;
  return nullable === true ? { ...schema, type: [schema['type'], 'null'] } : schema;
}
