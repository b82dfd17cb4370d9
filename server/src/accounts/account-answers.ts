import { ApiProperty } from '@nestjs/swagger';
import type { Account } from '../../../protocol/http.js';

export class AccountDto implements Account {
  @ApiProperty({ example: 'ada' })
  username!: string;

  @ApiProperty({ example: ['ops'] })
  roles!: string[];

  @ApiProperty({ example: ['deploys'] })
  topics!: string[];
}
