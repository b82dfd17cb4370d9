import { DATA_DEPTH_MAX, DATA_MAX_BYTES } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { IfGiven } from '../validation/if-given.js';
import { Must } from '../validation/rule.js';
import { IsObject } from '../validation/types.js';

/** Requires a JSON object of bounded size and depth; may be absent. Validation reports the first failed check only. */
export function IsData(): PropertyDecorator {
  return applyDecorators(
    IfGiven(),
    IsObject(),
    Must({
      code: 'data_too_deep',
      holds: (value) => depthOf(value) <= DATA_DEPTH_MAX,
      reason: `$property must not nest objects and lists more than ${DATA_DEPTH_MAX} levels deep`,
      params: { max: DATA_DEPTH_MAX },
    }),
    Must({
      code: 'data_too_large',
      holds: (value) => Buffer.byteLength(JSON.stringify(value)) <= DATA_MAX_BYTES,
      reason: `$property must have at most ${DATA_MAX_BYTES} bytes as JSON`,
      params: { max: DATA_MAX_BYTES },
    }),
  );
}

/** Levels of objects and lists. The JSON of a body has at most 32. */
export function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}
