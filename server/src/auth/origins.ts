import type { IncomingHttpHeaders } from 'node:http';

/** An absent port, and the defaults of http and https. */
const DEFAULT_PORTS = ['', '80', '443'];

/**
 * Whether a page may connect: its origin must be the server's own, or on the allow-list. Programs need not send Origin,
 * so a request without one passes (RFC 6455, section 10.2).
 * @param allowed origins as browsers write them
 */
export function isAllowedOrigin({ origin: sent, host = '' }: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  if (sent === undefined) return true;
  const origin = originOf(sent);
  return origin !== undefined && (allowed.includes(origin) || ownOrigins(host).includes(origin));
}

/**
 * Whether a request comes from an origin. Browsers send Origin with everything but reads within one origin (Fetch,
 * “append a request Origin header”), so a request without it is from the server's own origin, or from a program.
 * @param origin undefined: that of a program
 */
export function isFromOrigin(origin: string | undefined, { origin: sent, host = '' }: IncomingHttpHeaders): boolean {
  if (sent !== undefined) return sent === origin;
  return origin === undefined || ownOrigins(host).includes(origin);
}

/**
 * The origins that match a Host. Only a proxy in front knows whether the page was loaded by https, and some proxies add
 * the default port of a scheme to the Host.
 */
function ownOrigins(host: string): string[] {
  const url = URL.parse(`http://${host}`);
  if (url === null || url.href !== `${url.origin}/`) return [];
  const port = DEFAULT_PORTS.includes(url.port) ? '' : `:${url.port}`;
  return [`http://${url.hostname}${port}`, `https://${url.hostname}${port}`];
}

/** An origin without the default port. Undefined when the text holds more than a scheme, a host and a port. */
function originOf(text: string): string | undefined {
  const url = URL.parse(text);
  return url?.href === `${url?.origin}/` && !text.endsWith('/') ? url.origin : undefined;
}
