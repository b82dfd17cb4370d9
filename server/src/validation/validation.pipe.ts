import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FieldError } from '../../../protocol/http.js';

/** A request whose fields are missing, wrong or unknown. */
export class InvalidRequestError extends Error {
  constructor(readonly details: FieldError[]) {
    super('The request is not valid');
    this.name = 'InvalidRequestError';
  }
}

/** Checks every DTO; unknown fields are refused, since a misspelt one would otherwise be lost in silence. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => new InvalidRequestError(errors.flatMap((error) => fieldErrors(error))),
  });
}

/** @param path of the object that holds the field, with a dot behind; empty at the top */
function fieldErrors({ property, value, constraints = {}, children = [] }: ValidationError, path = ''): FieldError[] {
  const field = path + property;
  if ('whitelistValidation' in constraints) return [{ field, reason: `${property} is not a known field` }];
  if (value === undefined && children.length === 0) return [{ field, reason: `${property} is required` }];
  const own = Object.values(constraints).map((reason) => ({ field, reason }));
  return [...own, ...children.flatMap((child) => fieldErrors(child, `${field}.`))];
}
