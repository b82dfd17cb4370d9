import { NAME_MAX, NAME_PATTERN, TOPIC_PATTERN } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { InNfc } from './in-nfc.js';
import { matches, Must, type RuleOptions } from './rule.js';
import { AtMost } from './sizes.js';
import { IsString } from './types.js';

const CHARACTERS =
  '$property must consist of letters, digits, dots, underscores, hyphens, + and @, and begin with a letter';

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
      reason: `${CHARACTERS} or digit`,
    },
    options,
  );
}

/** Requires the characters of a topic. */
export function HasTopicForm(options?: RuleOptions): PropertyDecorator {
  return Must(
    {
      code: 'not_a_topic',
      holds: matches(TOPIC_PATTERN),
      reason: `${CHARACTERS}, digit, underscore or hyphen`,
    },
    options,
  );
}
