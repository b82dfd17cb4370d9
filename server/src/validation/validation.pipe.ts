import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldError } from '../../../protocol/http.js';
import { Refusal } from '../http/refusal/refusal.js';
import { invalidRequest } from './invalid-request.js';

/** Fields with these names would be lost silently on conversion to a class. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

class StrictValidationPipe extends ValidationPipe {
  /** @throws Refusal `invalid_request`, also when reading the body has replaced it by that refusal */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (value instanceof Refusal) throw value;
    return super.transform(value, metadata);
  }

  /** Refuses such fields, which Nest would drop. @throws Refusal `invalid_request` */
  protected override stripProtoKeys(value: unknown): void {
    const field = reservedFieldIn(value);
    if (field !== undefined)
      throw invalidRequest([{ field, reason: `${field.split('.').at(-1)} is a name that is not possible here` }]);
  }
}

/** @returns path of the first reserved name; undefined if there is none */
function reservedFieldIn(body: unknown): string | undefined {
  const left = [{ path: '', value: body }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, value] of Object.entries(next.value)) {
      if (RESERVED.includes(name)) return next.path + name;
      left.push({ path: `${next.path}${name}.`, value });
    }
  }
  return undefined;
}

/** Checks every DTO. Refuses unknown fields, since a misspelt one would otherwise be lost silently. */
export function createValidationPipe(): ValidationPipe {
  return new StrictValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => invalidRequest(errors.flatMap((error) => fieldErrors(error))),
  });
}

/** @param path of the object that holds the field, with a trailing dot; empty at the top */
function fieldErrors({ property, value, constraints = {}, children = [] }: ValidationError, path = ''): FieldError[] {
  const field = path + property;
  if ('whitelistValidation' in constraints) return [{ field, reason: `${property} is not a known field` }];
  if (value === undefined && children.length === 0) return [{ field, reason: `${property} is required` }];
  const own = Object.values(constraints).map((reason) => ({ field, reason }));
  return [...own, ...children.flatMap((child) => fieldErrors(child, `${field}.`))];
}
