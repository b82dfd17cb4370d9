import { Injectable } from '@nestjs/common';
import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage } from 'node:http';
import { withoutPort } from '../../auth/network-of.js';
import { trustedProxies } from '../../auth/trusted-proxies.js';
import { Environment } from '../../config/environment.js';

/** Finds the client address of an upgrade, behind proxies too, like Fastify's `request.ip` for requests. */
@Injectable()
export class ClientAddress {
  readonly #isTrusted: (address: string) => boolean;

  constructor({ TRUSTED_PROXIES }: Environment) {
    this.#isTrusted = trustedProxies(TRUSTED_PROXIES);
  }

  /** The nearest address that is not a trusted proxy; empty when the client is already gone. */
  of(request: IncomingMessage): string {
    return request.socket.remoteAddress === undefined ? '' : withoutPort(proxyAddr(request, this.#isTrusted));
  }
}
