import type { OpenAPIObject } from '@nestjs/swagger';

// Nest exports only the type of the whole document, so its parts are derived from it.

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type Response = Exclude<Operation['responses'][string], { $ref: string } | undefined>;
export type Headers = NonNullable<Response['headers']>;
