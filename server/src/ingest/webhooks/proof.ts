import type { BuiltInTemplate } from '@herald/protocol';
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The header that proves that the sender of a webhook knows a secret, and its right value. */
interface Proof {
  readonly header: string;
  readonly valueOf: (body: Buffer, secret: string) => string;
}

/** Proofs by Herald's own templates. The programs of the others send none. */
const PROOFS = new Map<BuiltInTemplate, Proof>([
  ['github', { header: 'x-hub-signature-256', valueOf: (body, secret) => `sha256=${hmacOf(body, secret)}` }],
  ['gitlab', { header: 'x-gitlab-token', valueOf: (_, secret) => secret }],
  ['sentry', { header: 'sentry-hook-signature', valueOf: hmacOf }],
]);

/**
 * Whether a webhook proves that its sender knows the secret. Takes the same time for any wrong proof. A webhook by the
 * template of a program that sends none is refused: otherwise a thief of the key would choose that template.
 * @param template undefined for an app's own, which takes each of the proofs, since it may be for any program
 */
export function isProven(
  template: BuiltInTemplate | undefined,
  headers: IncomingHttpHeaders,
  body: Buffer,
  secret: string,
): boolean {
  const proofs = template === undefined ? [...PROOFS.values()] : [PROOFS.get(template)];
  return proofs.some((proof) => proof !== undefined && isRight(proof, headers, body, secret));
}

function isRight(proof: Proof, headers: IncomingHttpHeaders, body: Buffer, secret: string): boolean {
  const given = headers[proof.header];
  if (typeof given !== 'string') return false;
  // Node hands over the bytes of a header as Latin-1.
  return timingSafeEqual(digestOf(Buffer.from(given, 'latin1')), digestOf(Buffer.from(proof.valueOf(body, secret))));
}

function hmacOf(body: Buffer, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

/** Texts of different lengths can't be compared in constant time, but their digests can. */
function digestOf(text: Buffer): Buffer {
  return createHash('sha256').update(text).digest();
}
