import type { Environment } from './environment.js';

/** Message of the refusal; it says how to allow the host. */
export const UNANSWERED_HOST =
  'While it listens on a loopback address in development, this server answers to localhost only. To reach it by another name, add that origin to FRONTEND_URL';

/**
 * Returns a function that tells whether requests for a host are answered. A page whose domain resolves to 127.0.0.1
 * ("DNS rebinding") could call a developer's server as its own origin, but the header `Host` has its domain.
 */
export function answeredHosts({
  isProduction,
  HOST,
  FRONTEND_URL,
  SERVER_URL,
}: Environment): (host: string | undefined) => boolean {
  if (isProduction || !isLoopback(hostnameOf(HOST.includes(':') ? `[${HOST}]` : HOST))) return () => true;
  const configured = new Set([...FRONTEND_URL, SERVER_URL].map((origin) => URL.parse(origin)?.hostname));
  // Nearly every request has the same host as the one before it.
  let lastAnswered: string | undefined;
  return (host) => {
    // Browsers always send the header.
    if (host === undefined || host === lastAnswered) return true;
    const hostname = hostnameOf(host);
    const isAnswered = isLoopback(hostname) || (hostname !== undefined && configured.has(hostname));
    if (isAnswered) lastAnswered = host;
    return isAnswered;
  };
}

function hostnameOf(host: string): string | undefined {
  return URL.parse(`http://${host}`)?.hostname;
}

function isLoopback(hostname = ''): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.[\d.]+$/.test(hostname)
  );
}
