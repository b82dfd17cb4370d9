import { NAME_MAX, ROLES_MAX, TOPIC_MAX, TOPICS_MAX } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { PASSWORD_MAX } from '../auth/login.dto.js';
import { InNfc } from '../validation/in-nfc.js';
import { HasNameForm, HasTopicForm } from '../validation/is-name.js';
import { AtLeast, AtMost, AtMostItems, IsWithoutDuplicates } from '../validation/sizes.js';
import { IsArray, IsString } from '../validation/types.js';

const PASSWORD_MIN = 8;
const EACH = { each: true };

// Validation reports the first failed check of each list only, so the type check comes first.

export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(IsString(), AtLeast(PASSWORD_MIN), AtMost(PASSWORD_MAX));
}

export function IsRoles(): PropertyDecorator {
  return areNames(ROLES_MAX, HasNameForm(EACH), NAME_MAX);
}

export function IsTopics(): PropertyDecorator {
  return areNames(TOPICS_MAX, HasTopicForm(EACH), TOPIC_MAX);
}

function areNames(max: number, hasForm: PropertyDecorator, maxLength: number): PropertyDecorator {
  return applyDecorators(
    InNfc(),
    IsArray(),
    AtMostItems(max),
    IsWithoutDuplicates(),
    IsString(EACH),
    hasForm,
    AtMost(maxLength, EACH),
  );
}
