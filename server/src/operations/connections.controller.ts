import { Controller, Get, Param, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AdminGuard } from '../auth/admin.guard.js';
import { JwtAuthGuard } from '../auth/jwt-auth.guard.js';
import { ApiErrors } from '../docs/api-errors.js';
import { ConnectionDetailsDto, ConnectionPageDto } from './connection-answers.js';
import { ConnectionIdParam, ListConnectionsQuery } from './connections.query.js';
import { OpenConnections } from './open-connections.js';

/** The open connections, for administrators. */
@ApiTags('operations')
@ApiBearerAuth()
@UseGuards(JwtAuthGuard, AdminGuard)
@Controller('operations/connections')
export class ConnectionsController {
  constructor(private readonly connections: OpenConnections) {}

  @Get()
  @ApiOperation({ summary: 'List the open WebSockets and event streams, by id' })
  @ApiOkResponse({ type: ConnectionPageDto })
  @ApiErrors(401, 403)
  listConnections(@Query() query: ListConnectionsQuery): ConnectionPageDto {
    return this.connections.list(query);
  }

  @Get(':id')
  @ApiOperation({ summary: 'Get an open connection, with the progress of delivery in each lane' })
  @ApiOkResponse({ type: ConnectionDetailsDto })
  @ApiErrors(401, 403, 404)
  getConnection(@Param() { id }: ConnectionIdParam): ConnectionDetailsDto {
    return this.connections.find(id);
  }
}
