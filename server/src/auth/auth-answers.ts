import { ApiProperty } from '@nestjs/swagger';
import type { CurrentUser, LoginAnswer } from '../../../protocol/http.js';

export class LoginAnswerDto implements LoginAnswer {
  @ApiProperty({ description: 'JSON Web Token; send it as `Authorization: Bearer …`', example: 'eyJhbGciOiJIUzI1NiIs…' })
  access_token!: string;

  @ApiProperty({ enum: ['bearer'] })
  token_type!: 'bearer';

  @ApiProperty({ description: 'Seconds until the token expires', example: 43200 })
  expires_in!: number;
}

export class CurrentUserDto implements CurrentUser {
  @ApiProperty({ example: 'admin' })
  username!: string;

  @ApiProperty({ description: 'When the token used expires', example: '2026-01-31T20:00:00.000Z' })
  expiresAt!: string;
}
