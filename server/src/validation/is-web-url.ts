import { applyDecorators } from '@nestjs/common';
import { IsString, ValidateBy } from 'class-validator';
import { hasUserInfo, isWebUrl, URL_MAX } from '../../../protocol/notification.js';
import { AtMost } from './at-most.js';

/** Requires an address that a page may link to. */
export function IsWebUrl(): PropertyDecorator {
  return applyDecorators(
    IsString(),
    AtMost(URL_MAX),
    ValidateBy(
      { name: 'hasNoUserInfo', validator: { validate: (value) => typeof value !== 'string' || !hasUserInfo(value) } },
      { message: '$property must have no name or password in front of its host' },
    ),
    ValidateBy(
      { name: 'isWebUrl', validator: { validate: (value) => typeof value === 'string' && isWebUrl(value) } },
      { message: '$property must be an address that begins with http:// or https://' },
    ),
  );
}
