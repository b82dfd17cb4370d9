/** Who a valid token speaks for. */
export interface Principal {
  readonly username: string;
  /** Tells the token from every other. */
  readonly tokenId: string;
  /** When the token was issued, in milliseconds since 1970; 0 where it does not say. */
  readonly issuedAt: number;
  /** When the person gave their password, in milliseconds since 1970: a renewed token says so too. */
  readonly signedInAt: number;
  /** When the token expires, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * What Herald puts into a token (RFC 7519): the username as `sub`, and when it was issued and expires, in seconds.
 * `auth_time`: when the person gave their password (OpenID Connect Core 1.0, section 2).
 */
export interface TokenClaims {
  readonly sub: string;
  readonly exp: number;
  readonly iat?: number;
  readonly auth_time?: number;
}
