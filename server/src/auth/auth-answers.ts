import type { CurrentUser, LoginAnswer, Membership, TicketAnswer } from '@herald/protocol';
import { ApiProperty } from '@nestjs/swagger';

export class LoginAnswerDto implements LoginAnswer {
  @ApiProperty({
    description: 'JSON Web Token; send it as `Authorization: Bearer …`',
    example: 'eyJhbGciOiJIUzI1NiIs…',
  })
  access_token!: string;

  @ApiProperty({ enum: ['bearer'] })
  token_type!: 'bearer';

  @ApiProperty({ description: 'Seconds until the token expires', example: 43200 })
  expires_in!: number;
}

export class TicketAnswerDto implements TicketAnswer {
  @ApiProperty({ description: 'For one connection, as `?ticket=…`', example: 'eyJhbGciOiJIUzI1NiIs…' })
  ticket!: string;

  @ApiProperty({ description: 'Until when it can be used', example: '2026-01-31T08:00:30.000Z' })
  expiresAt!: string;
}

export class MembershipDto implements Membership {
  @ApiProperty({ example: ['admin'] })
  roles!: string[];

  @ApiProperty({ example: ['deploys'], description: 'The topics that the user follows' })
  topics!: string[];

  @ApiProperty({
    example: ['everyone', 'user:admin', 'role:admin', 'topic:deploys'],
    description: 'A notification to any of these channels reaches the user',
  })
  channels!: string[];
}

export class CurrentUserDto extends MembershipDto implements CurrentUser {
  @ApiProperty({ example: 'admin' })
  username!: string;

  @ApiProperty({ description: 'When the token of this request expires', example: '2026-01-31T20:00:00.000Z' })
  expiresAt!: string;
}
