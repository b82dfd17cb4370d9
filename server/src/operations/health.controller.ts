import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { serverStopping, storeUnavailable } from '../http/refusal/refusal.js';
import { Store } from '../repository/store.js';
import { Readiness } from './readiness.js';

class HealthDto {
  @ApiProperty({ enum: ['ok'] })
  status!: 'ok';
}

/** Health checks for container orchestrators and load balancers. */
@ApiTags('operations')
@Controller('health')
export class HealthController {
  constructor(
    private readonly store: Store,
    private readonly readiness: Readiness,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'Check that the process runs', security: [] })
  @ApiOkResponse({ type: HealthDto })
  checkLive(): HealthDto {
    return { status: 'ok' };
  }

  /** @throws Refusal stopping, store_unavailable */
  @Get('ready')
  @ApiOperation({ summary: 'Check that the server accepts requests', security: [] })
  @ApiOkResponse({ type: HealthDto })
  async checkReady(): Promise<HealthDto> {
    if (this.readiness.isDraining) throw serverStopping();
    if (!(await this.store.isReady())) throw storeUnavailable();
    return { status: 'ok' };
  }
}
