import { type CanActivate, type ExecutionContext, Injectable, NotFoundException } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { invalidToken } from '../../auth/auth-refusals.js';
import { trustedProxies } from '../../auth/trusted-proxies.js';
import { Environment } from '../../config/environment.js';

const isLoopback = trustedProxies('loopback');

/**
 * Lets in requests from this machine, and others with METRICS_TOKEN. Without such a token the path does not exist for
 * other machines.
 */
@Injectable()
export class MetricsGuard implements CanActivate {
  readonly #isTrusted: (address: string) => boolean;

  constructor(private readonly environment: Environment) {
    this.#isTrusted = trustedProxies(environment.TRUSTED_PROXIES);
  }

  /** @throws Refusal unknown_path | invalid_token */
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    if (this.#isLocal(request)) return true;
    const { METRICS_TOKEN } = this.environment;
    if (METRICS_TOKEN === '') throw new NotFoundException();
    const [scheme, token = ''] = request.headers.authorization?.trim().split(/ +/) ?? [];
    if (scheme?.toLowerCase() !== 'bearer' || !isSame(token, METRICS_TOKEN))
      throw invalidToken('Send METRICS_TOKEN as a bearer token');
    return true;
  }

  /** A proxy on this machine that is not trusted forwards for anybody. */
  #isLocal({ ip, headers, socket }: FastifyRequest): boolean {
    if (!isLoopback(ip) || headers.forwarded !== undefined) return false;
    return headers['x-forwarded-for'] === undefined || this.#isTrusted(socket.remoteAddress ?? '');
  }
}

/** Takes the same time wherever the texts differ. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(a, b);
}
