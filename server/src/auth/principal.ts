/** The user and sign-in that a valid token represents. */
export interface Principal {
  readonly username: string;
  /** Id of the sign-in that the token comes from. Renewed tokens keep it. */
  readonly sessionId: string;
  /** The account's token generation when the token was issued. */
  readonly generation: number;
  /** When the person entered their password, in milliseconds since 1970. Renewed tokens keep it. */
  readonly signedInAt: number;
  /** When the token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** Hash of the key of an app, if that took the place of a token. */
  readonly keyHash?: string;
}
