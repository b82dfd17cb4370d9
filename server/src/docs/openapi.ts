import type { OpenAPIObject } from '@nestjs/swagger';

// Nest exports the type of the document alone: these are parts of it.

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type Response = Exclude<Operation['responses'][string], { $ref: string } | undefined>;
export type Headers = NonNullable<Response['headers']>;
