import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';

class HealthDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

/** Health checks for container orchestrators and load balancers. */
@ApiTags('operations')
@Controller('health')
export class HealthController {
  @Get('live')
  @ApiOperation({ summary: 'The process runs', security: [] })
  @ApiOkResponse({ type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  /** The memory store is ready as soon as the server listens; a draining server no longer answers. */
  @Get('ready')
  @ApiOperation({ summary: 'The server accepts requests', security: [] })
  @ApiOkResponse({ type: HealthDto })
  ready(): HealthDto {
    return { status: 'ok' };
  }
}
