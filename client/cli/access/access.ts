import { HeraldApi } from '@herald/client/api';
import type { LoginAnswer } from '@herald/protocol';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';
import { configFolder } from './folders.ts';
import { type SignIn, SavedSignIn } from './saved-sign-in.ts';
import { DEFAULT_SERVER, serverUrl } from './server-url.ts';

/** Tokens live for twelve hours: one that is used every six never expires before the 30 days of its sign-in. */
const RENEW_BEFORE_MS = 6 * 60 * 60 * 1000;

type Environment = Readonly<Record<string, string | undefined>>;

/** A server, and the key or the sign-in for it: of `HERALD_URL` and `HERALD_KEY`, or as `herald login` saved it. */
export class Access {
  readonly server: string;
  readonly api: HeraldApi;
  /** The key of an app, if there is one. It precedes a sign-in. */
  readonly key: string | undefined;
  readonly #saved: SavedSignIn;
  #current: SignIn | null;

  constructor(env: Environment, read = (saved: SavedSignIn): SignIn | null => saved.read()) {
    this.#saved = new SavedSignIn(configFolder(env));
    const given = env['HERALD_URL'] || undefined;
    this.key = env['HERALD_KEY'] || undefined;
    // With both, the file of a user's home, which a service may not read, is not needed.
    const last = given !== undefined && this.key !== undefined ? null : read(this.#saved);
    this.server = serverUrl(given ?? last?.server ?? DEFAULT_SERVER);
    // The token of another server is none of this one's business.
    this.#current = last?.server === this.server ? last : null;
    this.api = new HeraldApi({ server: this.server, token: () => this.token() });
  }

  /** Access by the sign-in alone, for what no key may do. */
  static withSignIn(env: Environment): Access {
    return new Access({ ...env, HERALD_KEY: undefined });
  }

  /** Access to sign in or out, which a broken file of the last sign-in must not prevent. */
  static toSignIn(env: Environment): Access {
    return new Access({ ...env, HERALD_KEY: undefined }, (saved) => saved.readIfPossible());
  }

  /** The credential of each request. @throws Failure if there is none, or it has expired */
  async token(): Promise<string> {
    if (this.key !== undefined) return this.key;
    if (this.#current === null)
      throw new Failure(EXIT.unauthorized, `Set HERALD_KEY, or sign in to ${this.server} with \`herald login\``);
    const leftMs = Date.parse(this.#current.expiresAt) - Date.now();
    if (leftMs <= 0) throw new Failure(EXIT.unauthorized, 'Your sign-in has expired: run `herald login`');
    if (leftMs < RENEW_BEFORE_MS) await this.renew().catch(() => undefined);
    return this.#current.token;
  }

  /**
   * Exchanges the token for a new one, and saves it, unless the file has another sign-in by now.
   * @returns the new one
   * @throws HeraldError
   */
  async renew(): Promise<string> {
    if (this.#current === null) throw new Error('there is no sign-in to renew');
    const { server, username, token } = this.#current;
    this.#current = this.#signInOf(username, await new HeraldApi({ server, token: () => token }).refresh());
    const saved = this.#saved.readIfPossible();
    const isSame = saved?.server === server && saved.username === username && saved.token === token;
    if (isSame) await this.#saved.write(this.#current);
    return this.#current.token;
  }

  /** Signs in, and saves the token in place of any other. @throws HeraldError */
  async signIn(username: string, password: string): Promise<void> {
    this.#current = this.#signInOf(username, await this.api.signIn(username, password));
    await this.#saved.write(this.#current);
  }

  /**
   * Revokes the token, and deletes it here.
   * @throws Failure if the sign-in is to another server, which stays
   * @throws HeraldError if the server can't be told; it is deleted nevertheless
   */
  async signOut(): Promise<void> {
    const token = this.#current?.token;
    const other = this.#saved.readIfPossible()?.server ?? this.server;
    if (other !== this.server)
      throw new Failure(EXIT.usage, `You are signed in to ${other}, not to ${this.server}: set HERALD_URL to ${other}`);
    this.#current = null;
    this.#saved.forget();
    if (token !== undefined) await new HeraldApi({ server: this.server, token: () => token }).signOut();
  }

  #signInOf(username: string, { access_token: token, expires_in }: LoginAnswer): SignIn {
    const expiresAt = new Date(Date.now() + expires_in * 1000).toISOString();
    return { server: this.server, username, token, expiresAt };
  }
}
