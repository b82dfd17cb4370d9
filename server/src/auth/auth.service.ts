import { ADMIN_ROLE } from '@herald/protocol';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Environment } from '../config/environment.js';
import { EnvironmentError } from '../config/read-environment.js';
import { isRefusal } from '../http/refusal/refusal.js';
import { type User, UserRepository } from '../repository/user-repository.js';
import { invalidCredentials } from './auth-refusals.js';
import { isKnownNetwork, withKnownNetwork } from './known-networks.js';
import { type Attempt, LoginThrottle } from './login-throttle.js';
import { networkOf } from './network-of.js';
import { hashPassword, verifyPassword } from './password-hash.js';
import { withoutTokens } from './signed-out.js';
import { type IssuedToken, TokenService } from './token.service.js';

/** Signs people and programs in. */
@Injectable()
export class AuthService implements OnModuleInit {
  private readonly logger = new Logger(AuthService.name);
  /** Checked if the account does not exist, so that the response time does not reveal that. */
  #decoyHash = '';

  constructor(
    private readonly users: UserRepository,
    private readonly tokens: TokenService,
    private readonly throttle: LoginThrottle,
    private readonly environment: Environment,
  ) {}

  /**
   * Creates or updates the administrator's account from the environment.
   * @throws EnvironmentError if its name was given to an app, or to an account that was removed
   */
  async onModuleInit(): Promise<void> {
    const passwordHash = await hashPassword(this.environment.ADMIN_PASSWORD);
    this.#decoyHash = passwordHash;
    const username = this.environment.ADMIN_USERNAME;
    const isAdded = await this.users.add({ username, passwordHash, roles: [ADMIN_ROLE], topics: [] });
    if (isAdded) return;
    const known = await this.users.find(username);
    if (known === undefined) throw new EnvironmentError([adminNameUsed(username)]);
    await this.#bringUpToDate(known, passwordHash);
  }

  /**
   * @param address where the request came from, for the throttle
   * @throws Refusal invalid_credentials | too_many_failed_sign_ins | too_many_sign_ins | sign_ins_busy
   */
  async login(username: string, password: string, address: string): Promise<IssuedToken> {
    const found = await this.users.find(username);
    const attempt = attemptOf(username, found, address);
    try {
      const user = await this.throttle.attempt(attempt, () => this.#authenticate(found, password, attempt));
      await this.users.update(username, (known) => withKnownNetwork(known, attempt.network));
      return await this.tokens.issue(user);
    } catch (error) {
      if (isRefusal(error, 'invalid_credentials')) this.logger.warn(`sign-in refused: address=${address}`);
      if (isThrottled(error)) this.logger.warn(`sign-in throttled: address=${address}`);
      throw error;
    }
  }

  /**
   * Refuses an account and an address from which sign-ins are blocked after too many failures.
   * @throws Refusal too_many_failed_sign_ins
   */
  async checkThrottle(username: string, address: string): Promise<void> {
    this.throttle.check(attemptOf(username, await this.users.find(username), address));
  }

  /** If a durable store has another password, the environment has changed: all earlier tokens are revoked. */
  async #bringUpToDate(known: User, passwordHash: string): Promise<void> {
    const isSame = await verifyPassword(this.environment.ADMIN_PASSWORD, known.passwordHash, { hasPrecedence: true });
    await this.users.update(known.username, (user) => ({
      ...(isSame ? user : { ...withoutTokens(user), passwordHash }),
      roles: withAdmin(user.roles),
    }));
  }

  async #authenticate(found: User | undefined, password: string, { network, isKnown }: Attempt): Promise<User> {
    const matches = await verifyPassword(password, found?.passwordHash ?? this.#decoyHash, {
      hasPrecedence: isKnown,
      network,
    });
    if (found === undefined || !matches) throw invalidCredentials();
    return found;
  }
}

function attemptOf(account: string, found: User | undefined, address: string): Attempt {
  const network = networkOf(address);
  return { account, network, isKnown: isKnownNetwork(found, network) };
}

function adminNameUsed(name: string): string {
  return `ADMIN_USERNAME: ${name} is the name of an app, or was that of an app or user; names are never reused, so set another`;
}

function isThrottled(error: unknown): boolean {
  return isRefusal(error, 'too_many_failed_sign_ins', 'too_many_sign_ins', 'sign_ins_busy');
}

function withAdmin(roles: readonly string[]): string[] {
  return [...new Set([ADMIN_ROLE, ...roles])];
}
