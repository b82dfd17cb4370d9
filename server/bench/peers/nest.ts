import 'reflect-metadata';
import type { NotificationDraft } from '@herald/protocol';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { WebSocketGateway, WebSocketServer as InjectServer } from '@nestjs/websockets';
import { WebSocket, type WebSocketServer } from 'ws';
import { toNotification } from './notification.js';
import { PUBLISH_PATH } from './publish-endpoint.js';

/** A gateway as in Nest's documentation, with the usual broadcast. */
@WebSocketGateway({ path: '/ws' })
class StockGateway {
  @InjectServer()
  readonly server!: WebSocketServer;

  broadcast(event: string, data: unknown): void {
    for (const client of this.server.clients) {
      if (client.readyState === WebSocket.OPEN) client.send(JSON.stringify({ event, data }));
    }
  }
}

@Controller()
class PublishController {
  constructor(private readonly gateway: StockGateway) {}

  @Post(PUBLISH_PATH)
  publish(@Body() draft: NotificationDraft): void {
    this.gateway.broadcast('notification', toNotification(draft));
  }
}

@Module({ providers: [StockGateway], controllers: [PublishController] })
class StockModule {}

const app = await NestFactory.create<NestFastifyApplication>(StockModule, new FastifyAdapter(), { logger: ['error'] });
app.useWebSocketAdapter(new WsAdapter(app));
await app.listen(0, '127.0.0.1');
process.send?.(Number(new URL(await app.getUrl()).port));
