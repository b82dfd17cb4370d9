import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ADMIN_ROLE } from '../../../protocol/channels.js';
import { Environment } from '../config/environment.js';
import { type User, UserRepository } from '../repository/user-repository.js';
import { InvalidCredentialsError, TooManyAttemptsError } from './auth-errors.js';
import { LoginThrottle } from './login-throttle.js';
import { hashPassword, verifyPassword } from './password-hash.js';
import { type IssuedToken, TokenService } from './token.service.js';

/** Signs people and programs in. */
@Injectable()
export class AuthService implements OnModuleInit {
  private readonly logger = new Logger(AuthService.name);
  /** Checked when there is no such account, so that its absence can't be told by the time the answer takes. */
  #decoyHash = '';

  constructor(
    private readonly users: UserRepository,
    private readonly tokens: TokenService,
    private readonly throttle: LoginThrottle,
    private readonly environment: Environment,
  ) {}

  /** Creates the administrator's account that the environment describes, or brings it up to date. */
  async onModuleInit(): Promise<void> {
    const passwordHash = await hashPassword(this.environment.ADMIN_PASSWORD);
    this.#decoyHash = passwordHash;
    const username = this.environment.ADMIN_USERNAME;
    const known = await this.users.update(username, (user) => ({ ...user, passwordHash, roles: withAdmin(user.roles) }));
    if (known === undefined) await this.users.add({ username, passwordHash, roles: [ADMIN_ROLE], topics: [] });
  }

  /**
   * @param address where the request came from, for the throttle
   * @throws InvalidCredentialsError | TooManyAttemptsError
   */
  async login(username: string, password: string, address: string): Promise<IssuedToken> {
    try {
      const user = await this.throttle.attempt(username, address, () => this.#authenticate(username, password));
      return await this.tokens.issue(user);
    } catch (error) {
      if (error instanceof InvalidCredentialsError) this.logger.warn(`sign-in refused: address=${address}`);
      if (error instanceof TooManyAttemptsError) this.logger.warn(`sign-in throttled: address=${address}`);
      throw error;
    }
  }

  async #authenticate(username: string, password: string): Promise<User> {
    const user = await this.users.find(username);
    const matches = await verifyPassword(password, user?.passwordHash ?? this.#decoyHash);
    if (user === undefined || !matches) throw new InvalidCredentialsError();
    return user;
  }
}

function withAdmin(roles: readonly string[]): string[] {
  return [...new Set([ADMIN_ROLE, ...roles])];
}
