import { Controller, Get, Head, Ip, Res, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiExcludeEndpoint,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { CurrentUser } from '../auth/current-user.js';
import type { Principal } from '../auth/principal.js';
import { ReaderGuard } from '../auth/reader.guard.js';
import { Environment } from '../config/environment.js';
import { ApiErrors } from '../docs/api-errors.js';
import { ConnectionLimits } from '../connections/connection-limits.js';
import { SILENT_HEARTBEATS_MAX } from '../connections/sweep.js';
import { LastEventId } from './last-event-id.js';
import { StreamGuard } from './stream.guard.js';
import { StreamService } from './stream.service.js';

const DESCRIPTION = `The same entries as at \`/ws\`, as Server-Sent Events:

    curl -N -H "Authorization: Bearer $TOKEN" http://localhost:8000/api/notifications/stream

Each event has an \`id\`. If you send it back as \`Last-Event-ID\`, the stream continues after that event; a \`gap\` announces
entries that can no longer be sent. Swagger UI shows nothing until the stream ends.`;

const HEAD = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  // nginx would hold events back until its buffer is full.
  'X-Accel-Buffering': 'no',
};

@ApiTags('notifications')
@ApiBearerAuth()
@Controller('notifications/stream')
export class StreamController {
  constructor(
    private readonly streams: StreamService,
    private readonly limits: ConnectionLimits,
    private readonly environment: Environment,
  ) {}

  /** Answers at once and opens no stream. Fastify's own answer to HEAD would have a length. */
  @Head()
  @UseGuards(ReaderGuard)
  @ApiExcludeEndpoint()
  head(@Res() reply: FastifyReply): void {
    reply.hijack();
    writeHead(reply).end();
  }

  @Get()
  @UseGuards(StreamGuard)
  @ApiOperation({ summary: 'Stream my notifications as Server-Sent Events', description: DESCRIPTION })
  @ApiQuery({
    name: 'ticket',
    required: false,
    description: 'Takes the place of a token, for `EventSource` in a browser',
  })
  @ApiQuery({ name: 'lastEventId', required: false, description: 'The same as `Last-Event-ID`' })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'The `id` of the last event received' })
  @ApiOkResponse({ content: { 'text/event-stream': { schema: { type: 'string' } } } })
  @ApiErrors(401, 429, 503)
  async streamNotifications(
    @CurrentUser() user: Principal,
    @Ip() address: string,
    @Res() reply: FastifyReply,
    @LastEventId() lastEventId?: string,
  ): Promise<void> {
    const { raw: response } = reply;
    // If the client left while its token was checked, no `close` event would end the count.
    if (response.destroyed) return;
    response.once('close', this.limits.enter(user.username, address));
    reply.hijack();
    writeHead(reply);
    // A stream is silent for a heartbeat, which may exceed the time-out of a plain answer. This longer one still cuts a
    // stream whose client does not read.
    response.setTimeout(Math.max(response.socket?.timeout ?? 0, SILENT_HEARTBEATS_MAX * this.environment.HEARTBEAT_MS));
    await this.streams.open(user, response, lastEventId);
  }
}

function writeHead(reply: FastifyReply): ServerResponse {
  return reply.raw.writeHead(200, { ...reply.getHeaders(), ...HEAD } as Record<string, string>);
}
