import type { ErrorParams, FieldCode } from '@herald/protocol';
import { ValidateBy, type ValidationArguments } from 'class-validator';

/** A check of a field, and the reason for a value that fails it. */
export interface Rule {
  /** Unique among the rules of a field. */
  code: FieldCode;
  /** @param object the DTO that has the field */
  holds: (value: unknown, object: object) => boolean;
  /** A sentence without a full stop. `$property` stands for the name of the field; with `each` it must come first. */
  reason: string | ((value: unknown) => string);
  /** Values in the reason: those that `FIELD_CODES` names. */
  params?: ErrorParams | ((value: unknown) => ErrorParams);
}

export interface RuleOptions {
  /** Checks each value of a list instead of the list; the reason says so. */
  each?: boolean;
}

/** Requires that a rule holds. The rule's code names the constraint, so that the pipe can put it into the refusal. */
export function Must({ code, holds, reason, params }: Rule, { each = false }: RuleOptions = {}): PropertyDecorator {
  const words = ({ value }: ValidationArguments): string => (typeof reason === 'string' ? reason : reason(value));
  const message = (args: ValidationArguments): string => (each ? `each value in ${words(args)}` : words(args));
  const validate = (value: unknown, args?: ValidationArguments): boolean => holds(value, args?.object ?? {});
  return ValidateBy({ name: code, validator: { validate } }, { message, context: { params }, each });
}

/** For `Rule.holds`: the value is a text that matches the pattern. */
export function matches(pattern: RegExp): Rule['holds'] {
  return (value) => typeof value === 'string' && pattern.test(value);
}
