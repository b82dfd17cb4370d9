/** Who a valid token speaks for. */
export interface Principal {
  readonly username: string;
  /** When the token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What Herald puts into a token (RFC 7519): the username as `sub`, and when it was issued and expires, in seconds. */
export interface TokenClaims {
  readonly sub: string;
  readonly exp: number;
  readonly iat?: number;
}
