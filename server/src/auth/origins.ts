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
 * Whether a request comes from an origin. Browsers send no Origin with reads within one origin, nor with those of other
 * origins whose answer the page can't see, such as images (Fetch, “append a request Origin header”). Without Origin,
 * `Sec-Fetch-Site` decides: no page can set it, and it is right behind a proxy that sends another Host. Browsers leave
 * it out over plain http, except on localhost, as programs do; then the Host decides.
 * @param origin undefined: that of a program
 */
export function isFromOrigin(origin: string | undefined, headers: IncomingHttpHeaders): boolean {
  if (headers.origin !== undefined) return headers.origin === origin;
  const site = headers['sec-fetch-site'];
  if (site === 'same-origin') return origin !== undefined;
  if (site !== undefined && site !== 'none') return false;
  return origin === undefined || ownOrigins(headers.host ?? '').includes(origin);
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
