import { Injectable } from '@nestjs/common';
import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage } from 'node:http';
import { Environment } from '../config/environment.js';

/** Where an upgrade came from, behind proxies too: what Fastify's `request.ip` is for the requests that it sees. */
@Injectable()
export class ClientAddress {
  readonly #isTrusted: (address: string, distance: number) => boolean;

  constructor({ TRUSTED_PROXIES }: Environment) {
    const proxies = TRUSTED_PROXIES.split(',').map((proxy) => proxy.trim());
    this.#isTrusted = TRUSTED_PROXIES === '' ? () => false : proxyAddr.compile(proxies);
  }

  /** The last address that no trusted proxy has vouched for; empty when the client is gone already. */
  of(request: IncomingMessage): string {
    return request.socket.remoteAddress === undefined ? '' : proxyAddr(request, this.#isTrusted);
  }
}
