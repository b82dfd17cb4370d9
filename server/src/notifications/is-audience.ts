import { AUDIENCE_MAX, parseChannel } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { IfGiven } from '../validation/if-given.js';
import { InNfc } from '../validation/in-nfc.js';
import { Must } from '../validation/rule.js';
import { AtMostItems, IsWithoutDuplicates } from '../validation/sizes.js';
import { IsArray, IsString } from '../validation/types.js';

const FORMS = 'everyone, user:<name>, role:<name> or topic:<name>';

/** Requires a list of distinct channel names; may be absent. */
export function IsAudience(): PropertyDecorator {
  return applyDecorators(IfGiven(), IsChannels());
}

/** Requires a list of distinct channel names. Validation reports the first failed check in this list. */
export function IsChannels(): PropertyDecorator {
  return applyDecorators(
    InNfc(),
    IsArray(),
    IsString({ each: true }),
    Must({
      code: 'no_audience',
      holds: (value) => !Array.isArray(value) || value.length > 0,
      reason: '$property must name at least one channel',
    }),
    AtMostItems(AUDIENCE_MAX),
    IsWithoutDuplicates(),
    Must({
      code: 'not_a_channel',
      holds: (value) => invalidNameIn(value) === undefined,
      reason: (value) => `${JSON.stringify(invalidNameIn(value))} is not ${FORMS}`,
      params: (value) => ({ channel: invalidNameIn(value) ?? '' }),
    }),
  );
}

/** The first name that is not a channel. Values that are not lists of strings fail another check. */
function invalidNameIn(value: unknown): string | undefined {
  const names: unknown[] = Array.isArray(value) ? value : [];
  return names.filter((name) => typeof name === 'string').find((name) => parseChannel(name) === undefined);
}
