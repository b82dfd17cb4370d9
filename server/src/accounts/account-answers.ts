import type { Account } from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

export class AccountDto implements Account {
  @ApiProperty({ example: 'ada' })
  username!: string;

  @ApiProperty({ example: ['ops'] })
  roles!: string[];

  @ApiProperty({ example: ['deploys'] })
  topics!: string[];

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2026-01-31T08:00:00.000Z',
    description: 'When its user was last connected, to the hour; absent if never',
  })
  lastSeenAt?: string;
}
