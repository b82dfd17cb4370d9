import { Injectable } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import type { StoredApp } from '../repository/app-repository.js';
import { UserRepository } from '../repository/user-repository.js';
import { appKeyIn } from './app-key.js';
import { AppKeys } from './app-keys.js';
import { AppUses } from './app-uses.js';
import { invalidToken, keyNotValid, readingKey } from './auth-refusals.js';
import { type BasicCredentials, BasicSignIns } from './basic-sign-ins.js';
import { bearerTokenOf } from './jwt.strategy.js';
import { type Sender, senderOf } from './sender.js';
import { TokenService } from './token.service.js';

/** The parts of an HTTP request that say who sends. */
export interface CredentialsRequest {
  readonly headers: { authorization?: string; 'x-gotify-key'?: string | string[] };
  /** May have the key of an app as `token`, if the configuration allows it. Doors leave it out: their queries differ. */
  readonly query?: unknown;
  /** Address of the client. */
  readonly ip: string;
}

const BASIC = /^basic +([\w+/-]+=*) *$/i;

/**
 * Finds out who sends: an app by its key, which may be a bearer token, the header `X-Gotify-Key`, the password of Basic
 * or, without these headers, in the query; a user by a token, or by the name and password of Basic (RFC 7617).
 */
@Injectable()
export class SenderCheck {
  constructor(
    private readonly keys: AppKeys,
    private readonly uses: AppUses,
    private readonly signIns: BasicSignIns,
    private readonly tokens: TokenService,
    private readonly users: UserRepository,
    private readonly environment: Environment,
  ) {}

  /**
   * The sender of a request.
   * @throws Refusal invalid_token | invalid_credentials | wrong_scope | too_many_failed_sign_ins | too_many_sign_ins |
   * sign_ins_busy | sign_in_forgotten
   */
  async verify(request: CredentialsRequest): Promise<Sender> {
    const sender = await this.withoutToken(request);
    if (sender !== undefined) return sender;
    const { username } = await this.tokens.verify(bearerTokenOf(request) ?? undefined);
    return { name: username };
  }

  /** The sender of a request that has no token of a sign-in; undefined for others. @throws Refusal as `verify` */
  async withoutToken(request: CredentialsRequest): Promise<Sender | undefined> {
    const { headers, ip } = request;
    const key = keyInHeaders(request) ?? this.#keyInQuery(request);
    if (key !== undefined) return this.#sender(await this.keys.check(key, ip), ip);
    const credentials = basicIn(headers.authorization);
    return credentials === undefined ? undefined : this.#basicSender(credentials, ip);
  }

  /**
   * The parameter is always checked as an app key, so a user's token is refused.
   * @throws Refusal invalid_token if this server takes no key in the query
   */
  #keyInQuery({ headers, query }: CredentialsRequest): string | undefined {
    const { token } = (query ?? {}) as { token?: string | string[] };
    if (headers.authorization !== undefined || token === undefined || token === '') return undefined;
    if (this.environment.SEND_KEY_IN_QUERY === 'refused')
      throw invalidToken('This server refuses a key in the query: send it in a header');
    return String(token);
  }

  async #basicSender(credentials: BasicCredentials, ip: string): Promise<Sender> {
    const app = await this.keys.find(credentials.password, ip);
    if (app !== undefined) return this.#sender(app, ip);
    if (credentials.username === '') throw keyNotValid();
    const { username } = await this.signIns.principalOf(credentials, ip);
    return { name: username };
  }

  #sender(app: StoredApp, ip: string): Promise<Sender> {
    if (app.scope !== 'send') throw readingKey();
    this.uses.note(app.id, ip);
    return senderOf(app, this.users);
  }
}

function keyInHeaders(request: CredentialsRequest): string | undefined {
  const header = request.headers['x-gotify-key'];
  if (header !== undefined) return String(header);
  const token = bearerTokenOf(request) ?? '';
  return appKeyIn(token) === undefined ? undefined : token;
}

/** The name and password of a header `Authorization`; undefined if it has another scheme, or can't be read. */
function basicIn(authorization = ''): BasicCredentials | undefined {
  const [, encoded] = BASIC.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
