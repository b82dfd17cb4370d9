import {
  type ConnectionDetails,
  type ConnectionPage,
  type ConnectionSummary,
  type DeliveryFigures,
  type LaneFigures,
  PRIORITIES,
  type Priority,
} from '@herald/protocol';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ApiNextCursor } from '../docs/api-next-cursor.js';

class ConnectionSummaryDto implements ConnectionSummary {
  @ApiProperty({
    format: 'uuid',
    example: '5f0c2a52-7a54-4d0c-9d5c-1f2f6a3b8e10',
    description: 'In the log: `connection=`. For a WebSocket also the `connectionId` of its welcome',
  })
  id!: string;

  @ApiProperty({ example: 'ada' })
  username!: string;

  @ApiProperty({ enum: ['websocket', 'event-stream'] })
  transport!: ConnectionSummary['transport'];

  @ApiProperty({ format: 'date-time', example: '2026-01-31T08:00:00.000Z' })
  connectedAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-01-31T09:00:00.000Z', description: 'When its token expires' })
  expiresAt!: string;
}

export class ConnectionPageDto implements ConnectionPage {
  @ApiProperty({ type: [ConnectionSummaryDto], description: 'Sorted by id' })
  items!: ConnectionSummaryDto[];

  @ApiNextCursor('after')
  nextCursor!: string | null;
}

class LaneFiguresDto implements LaneFigures {
  @ApiProperty({ example: 'everyone' })
  channel!: string;

  @ApiProperty({ enum: PRIORITIES })
  lane!: Priority;

  @ApiProperty({ type: 'integer', example: 42, description: 'Offset of the next entry to send' })
  next!: number;

  @ApiProperty({ type: 'integer', example: 43, description: 'Offset of the newest entry' })
  head!: number;

  @ApiProperty({ type: 'integer', example: 2, description: 'Number of entries that wait to be sent' })
  waiting!: number;
}

class AvailableBytesDto implements Record<Priority, number> {
  @ApiProperty({ type: 'integer', example: 49152 })
  high!: number;

  @ApiProperty({ type: 'integer', example: 8192 })
  medium!: number;

  @ApiProperty({ type: 'integer', example: 8192 })
  low!: number;
}

class DeliveryFiguresDto implements DeliveryFigures {
  @ApiProperty({ type: [String], example: ['everyone', 'user:ada'] })
  channels!: string[];

  @ApiProperty({ type: [LaneFiguresDto] })
  lanes!: LaneFiguresDto[];

  @ApiProperty({
    type: 'integer',
    example: 0,
    description:
      'Bytes that were sent and not acknowledged. If the client does not acknowledge, bytes that the server still holds',
  })
  bytesInFlight!: number;

  @ApiProperty({
    type: AvailableBytesDto,
    description: 'Bytes that may be sent now, by lane; 0 while the lane waits for the client',
  })
  availableBytes!: AvailableBytesDto;
}

export class ConnectionDetailsDto extends ConnectionSummaryDto implements ConnectionDetails {
  @ApiPropertyOptional({
    type: DeliveryFiguresDto,
    description: 'How far delivery is; absent until the client is subscribed to its channels',
  })
  delivery?: DeliveryFiguresDto;
}
