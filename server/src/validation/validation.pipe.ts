import type { FieldCode, FieldError } from '@herald/protocol';
import { type ArgumentMetadata, ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { Refusal } from '../http/refusal/refusal.js';
import { invalidRequest } from './invalid-request.js';
import type { Rule } from './rule.js';

/** Fields with these names would be lost without an error when the body is converted to a DTO. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

class StrictValidationPipe extends ValidationPipe {
  /** @throws Refusal `invalid_request`, also if `readJsonBodies` has replaced the body by that refusal */
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (value instanceof Refusal) throw value;
    return super.transform(value, metadata);
  }

  /** Refuses fields with reserved names, which Nest would drop. @throws Refusal `invalid_request` */
  protected override stripProtoKeys(value: unknown): void {
    const field = reservedFieldIn(value);
    if (field === undefined) return;
    const name = field.split('.').at(-1) ?? field;
    throw invalidRequest([
      { field, code: 'reserved_name', reason: `${name} is a name that no field can have`, params: { name } },
    ]);
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

/** Checks every DTO. Refuses unknown fields, since a misspelt one would otherwise be ignored. */
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
function fieldErrors(error: ValidationError, path = ''): FieldError[] {
  const { property, constraints = {}, contexts = {}, children = [] } = error;
  const value: unknown = error.value;
  const field = path + property;
  // The first two constraints are class-validator's own; each other has the code of its rule as its name.
  if ('whitelistValidation' in constraints)
    return [{ field, code: 'unknown_field', reason: `${property} is not a known field` }];
  if ('nestedValidation' in constraints)
    return [{ field, code: 'not_an_object', reason: `${property} must be an object` }];
  if (value === undefined && children.length === 0)
    return [{ field, code: 'required', reason: `${property} is required` }];
  const own = Object.entries(constraints).map(([code, reason]): FieldError => {
    const { params } = (contexts as Record<string, Pick<Rule, 'params'>>)[code] ?? {};
    const values = typeof params === 'function' ? params(value) : params;
    return { field, code: code as FieldCode, reason, ...(values !== undefined && { params: values }) };
  });
  return [...own, ...children.flatMap((child) => fieldErrors(child, `${field}.`))];
}
