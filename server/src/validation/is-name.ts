import { NAME_MAX, NAME_PATTERN } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { InNfc } from './in-nfc.js';
import { matches, Must, type RuleOptions } from './rule.js';
import { AtMost } from './sizes.js';
import { IsString } from './types.js';

const NAME_CHARACTERS = 'letters, digits, dots, underscores, hyphens, + and @, and begin with a letter or digit';

/** Requires a name in the form that channel names allow. Validation reports the first failed check only. */
export function IsName(): PropertyDecorator {
  return applyDecorators(InNfc(), IsString(), HasNameForm(), AtMost(NAME_MAX));
}

/** Requires the characters of a name. */
export function HasNameForm(options?: RuleOptions): PropertyDecorator {
  return Must(
    {
      code: 'not_a_name',
      holds: matches(NAME_PATTERN),
      reason: `$property must consist of ${NAME_CHARACTERS}`,
    },
    options,
  );
}
