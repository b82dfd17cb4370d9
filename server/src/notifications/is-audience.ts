import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsString, ValidateBy } from 'class-validator';
import { AUDIENCE_MAX, parseChannel } from '../../../protocol/channels.js';
import { IfGiven } from '../validation/if-given.js';
import { InNfc } from '../validation/in-nfc.js';

const FORMS = 'everyone, user:<name>, role:<name> or topic:<name>';

/** Distinct channel names; may be absent. Validation reports the first failed check in this list. */
export function IsAudience(): PropertyDecorator {
  return applyDecorators(
    IfGiven(),
    InNfc(),
    IsArray(),
    IsString({ each: true }),
    ArrayMinSize(1, { message: '$property must name at least one channel' }),
    ArrayMaxSize(AUDIENCE_MAX),
    ArrayUnique({ message: '$property must name each channel once' }),
    ValidateBy({
      name: 'areChannels',
      validator: {
        validate: (value: unknown) => strangerIn(value) === undefined,
        defaultMessage: (about) => `${JSON.stringify(strangerIn(about?.value))} is not ${FORMS}`,
      },
    }),
  );
}

/** The first name that is not a channel. Values that are not lists of strings fail another check. */
function strangerIn(value: unknown): unknown {
  const names: unknown[] = Array.isArray(value) ? value : [];
  return names.find((name) => typeof name === 'string' && parseChannel(name) === undefined);
}
