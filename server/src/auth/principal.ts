/** Who a valid token speaks for. */
export interface Principal {
  readonly username: string;
  /** Tells the sign-in that the token comes from; tokens that were renewed are of the same one. */
  readonly sessionId: string;
  /** Of the account, when the token was issued. */
  readonly generation: number;
  /** When the person gave their password, in milliseconds since 1970: a renewed token says so too. */
  readonly signedInAt: number;
  /** When the token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}
