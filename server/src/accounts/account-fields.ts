import { applyDecorators } from '@nestjs/common';
import { ArrayMaxSize, ArrayUnique, IsArray, IsString, Matches, MaxLength, MinLength } from 'class-validator';
import { NAME_MAX, NAME_PATTERN, ROLES_MAX, TOPICS_MAX } from '../../../protocol/channels.js';
import { InNfc } from '../validation/in-nfc.js';

const PASSWORD_MIN = 8;
/** Same limit as at sign-in: hashing long passwords would keep the server busy. */
const PASSWORD_MAX = 200;
const OF_A_NAME = 'letters, digits, dots, underscores, hyphens, + and @, and begin with a letter or digit';

// Validation reports the first failed check of each list only, so the type check comes first.

/** A username or topic, in the form that channel names allow. */
export function IsName(): PropertyDecorator {
  return applyDecorators(
    InNfc(),
    IsString(),
    Matches(NAME_PATTERN, { message: `$property must be of ${OF_A_NAME}` }),
    MaxLength(NAME_MAX),
  );
}

export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(IsString(), MinLength(PASSWORD_MIN), MaxLength(PASSWORD_MAX));
}

export function IsRoles(): PropertyDecorator {
  return areNames('role', ROLES_MAX);
}

export function IsTopics(): PropertyDecorator {
  return areNames('topic', TOPICS_MAX);
}

function areNames(of: string, max: number): PropertyDecorator {
  return applyDecorators(
    InNfc(),
    IsArray(),
    ArrayMaxSize(max),
    ArrayUnique({ message: `$property must name each ${of} once` }),
    IsString({ each: true }),
    Matches(NAME_PATTERN, { each: true, message: `each of $property must be of ${OF_A_NAME}` }),
    MaxLength(NAME_MAX, { each: true }),
  );
}
