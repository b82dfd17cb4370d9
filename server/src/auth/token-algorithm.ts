/** Pinned on signing and on every check, so that a token can't choose its own (RFC 8725, section 3.1). */
export const TOKEN_ALGORITHM = 'HS256';
