import type { Account } from '@herald/protocol';
import { ApiProperty } from '@nestjs/swagger';

export class AccountDto implements Account {
  @ApiProperty({ example: 'ada' })
  username!: string;

  @ApiProperty({ example: ['ops'] })
  roles!: string[];

  @ApiProperty({ example: ['deploys'] })
  topics!: string[];
}
