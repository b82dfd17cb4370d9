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
    exceptionFactory: (errors) => new InvalidRequestError(errors.flatMap(fieldErrors)),
  });
}

function fieldErrors({ property, value, constraints = {} }: ValidationError): FieldError[] {
  if ('whitelistValidation' in constraints) return [{ field: property, reason: `${property} is not a known field` }];
  if (value === undefined) return [{ field: property, reason: `${property} is required` }];
  return Object.values(constraints).map((reason) => ({ field: property, reason }));
}
