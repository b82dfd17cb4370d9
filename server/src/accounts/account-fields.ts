import { NAME_MAX, ROLES_MAX, TOPICS_MAX } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { PASSWORD_MAX } from '../auth/login.dto.js';
import { InNfc } from '../validation/in-nfc.js';
import { HasNameForm } from '../validation/is-name.js';
import { AtLeast, AtMost, AtMostItems, IsWithoutDuplicates } from '../validation/sizes.js';
import { IsArray, IsString } from '../validation/types.js';

const PASSWORD_MIN = 8;

// Validation reports the first failed check of each list only, so the type check comes first.

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
