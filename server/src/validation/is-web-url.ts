import { hasUserInfo, isWebUrl, URL_MAX } from '@herald/protocol';
import { applyDecorators } from '@nestjs/common';
import { Must } from './rule.js';
import { AtMost } from './sizes.js';
import { IsString } from './types.js';

/** Requires an address that a page may link to. */
export function IsWebUrl(): PropertyDecorator {
  return applyDecorators(
    IsString(),
    AtMost(URL_MAX),
    Must({
      code: 'credentials_in_address',
      holds: (value) => typeof value !== 'string' || !hasUserInfo(value),
      reason: '$property must have no username or password before its host',
    }),
    Must({
      code: 'not_a_web_address',
      holds: (value) => typeof value === 'string' && isWebUrl(value),
      reason: '$property must be an address that begins with http:// or https://',
    }),
  );
}
