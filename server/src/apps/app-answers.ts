import {
  type App,
  APP_SCOPES,
  type AppPage,
  type AppScope,
  type AppWithKey,
  PRIORITIES,
  type Priority,
} from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiNextCursor } from '../docs/api-next-cursor.js';

export class AppDto implements App {
  @ApiProperty({ type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ example: 'build-server' })
  name!: string;

  @ApiProperty({ example: 'admin', description: 'Username of the person who made it, by whose rights it sends' })
  owner!: string;

  @ApiProperty({ enum: APP_SCOPES, example: 'send' })
  scope!: AppScope;

  @ApiProperty({ example: ['everyone'], description: 'Empty if the app reads' })
  audience!: string[];

  @ApiPropertyOptional({ example: 'build' })
  category?: string;

  @ApiPropertyOptional({ enum: PRIORITIES, example: 'low' })
  defaultPriority?: Priority;

  @ApiPropertyOptional({ type: [String], example: ['hammer'] })
  tags?: string[];

  @ApiPropertyOptional({ type: Boolean, example: true })
  markdown?: true;

  @ApiPropertyOptional({ format: 'date-time', example: '2027-01-31T08:00:00.000Z' })
  expiresAt?: string;

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2026-02-01T08:00:00.000Z',
    description: 'The key before the last rotation is valid until then; absent if it is not',
  })
  previousKeyUntil?: string;

  @ApiPropertyOptional({ type: Boolean, example: true, description: 'Webhooks must prove that they know its secret' })
  hasSecret?: true;

  @ApiProperty({ format: 'date-time', example: '2026-01-31T08:00:00.000Z' })
  createdAt!: string;

  @ApiPropertyOptional({
    format: 'date-time',
    example: '2026-01-31T08:00:00.000Z',
    description: 'When its key was last used, to the minute; absent if never',
  })
  lastUsedAt?: string;

  @ApiPropertyOptional({ example: '192.0.2.7', description: 'Address from which it was last used' })
  lastUsedFrom?: string;
}

export class AppWithKeyDto extends AppDto implements AppWithKey {
  @ApiProperty({ example: 'A3bX9-kQ2.vLw_7', description: 'The key. No later answer has it, so keep it' })
  key!: string;
}

export class AppPageDto implements AppPage {
  @ApiProperty({ type: [AppDto] })
  items!: AppDto[];

  @ApiNextCursor('after')
  nextCursor!: string | null;
}
