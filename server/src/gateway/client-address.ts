import { Injectable } from '@nestjs/common';
import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage } from 'node:http';
import { withoutPort } from '../auth/network-of.js';
import { trustedProxies } from '../auth/trusted-proxies.js';
import { Environment } from '../config/environment.js';

/** Where an upgrade came from, behind proxies too: what Fastify's `request.ip` is for the requests that it sees. */
@Injectable()
export class ClientAddress {
  readonly #isTrusted: (address: string) => boolean;

  constructor({ TRUSTED_PROXIES }: Environment) {
    this.#isTrusted = trustedProxies(TRUSTED_PROXIES);
  }

  /** The last address that no trusted proxy has vouched for; empty when the client is gone already. */
  of(request: IncomingMessage): string {
    return request.socket.remoteAddress === undefined ? '' : withoutPort(proxyAddr(request, this.#isTrusted));
  }
}
