import type { FieldError } from '@herald/protocol';
import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { isRefusal } from '../http/refusal/refusal.js';
import { loopShare } from '../timing/loop-share.js';
import { invalidRequest } from './invalid-request.js';
import { noItems, tooManyItems } from './item-count.js';
import { createValidationPipe } from './validation.pipe.js';

/** Maximum number of fields that one refusal names. */
const DETAILS_MAX = 100;

/**
 * Checks a body that is one DTO, or a list of 1 to `max` of them; fields in a list are named `[3].title`.
 * A list is checked in slices, with turns of the event loop between them.
 */
export class OneOrManyPipe<Dto extends object> implements PipeTransform<unknown, Promise<Dto | Dto[]>> {
  readonly #pipe = createValidationPipe();

  constructor(
    private readonly dto: Type<Dto>,
    private readonly max: number,
  ) {}

  /** @throws Refusal invalid_request */
  async transform(body: unknown, { type }: ArgumentMetadata): Promise<Dto | Dto[]> {
    if (!Array.isArray(body)) return this.#check(body, type);
    if (body.length === 0) throw invalidRequest([noItems()]);
    if (body.length > this.max) throw invalidRequest([tooManyItems(this.max)]);
    const items: Dto[] = [];
    const details: FieldError[] = [];
    for (const [index, item] of body.entries()) {
      if (index > 0) await loopShare.pause();
      try {
        items.push(await this.#check(item, type));
      } catch (error) {
        if (!isRefusal(error, 'invalid_request')) throw error;
        details.push(...error.details.map((fault) => ({ ...fault, field: `[${index}].${fault.field}` })));
      }
      if (details.length >= DETAILS_MAX) break;
    }
    if (details.length > 0) throw invalidRequest(details.slice(0, DETAILS_MAX));
    return items;
  }

  async #check(value: unknown, type: ArgumentMetadata['type']): Promise<Dto> {
    return (await this.#pipe.transform(value, { type, metatype: this.dto })) as Dto;
  }
}
