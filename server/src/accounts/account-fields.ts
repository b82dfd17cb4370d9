import { NAME_MAX, NAME_PATTERN, ROLES_MAX, TOPICS_MAX } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { InNfc } from '../validation/in-nfc.js';
import { matches, Must, type RuleOptions } from '../validation/rule.js';
import { AtLeast, AtMost, AtMostItems, IsWithoutDuplicates } from '../validation/sizes.js';
import { IsArray, IsString } from '../validation/types.js';

const PASSWORD_MIN = 8;
/** Same limit as at sign-in: hashing long passwords would keep the server busy. */
const PASSWORD_MAX = 200;
const NAME_CHARACTERS = 'letters, digits, dots, underscores, hyphens, + and @, and begin with a letter or digit';

// Validation reports the first failed check of each list only, so the type check comes first.

/** Requires a username or topic in the form that channel names allow. */
export function IsName(): PropertyDecorator {
  return applyDecorators(InNfc(), IsString(), HasNameForm(), AtMost(NAME_MAX));
}

export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(IsString(), AtLeast(PASSWORD_MIN), AtMost(PASSWORD_MAX));
}

export function IsRoles(): PropertyDecorator {
  return areNames(ROLES_MAX);
}

export function IsTopics(): PropertyDecorator {
  return areNames(TOPICS_MAX);
}

function areNames(max: number): PropertyDecorator {
  const each = { each: true };
  return applyDecorators(
    InNfc(),
    IsArray(),
    AtMostItems(max),
    IsWithoutDuplicates(),
    IsString(each),
    HasNameForm(each),
    AtMost(NAME_MAX, each),
  );
}

function HasNameForm(options?: RuleOptions): PropertyDecorator {
  return Must(
    {
      code: 'not_a_name',
      holds: matches(NAME_PATTERN),
      reason: `$property must consist of ${NAME_CHARACTERS}`,
    },
    options,
  );
}
