import proxyAddr from '@fastify/proxy-addr';
import { withoutPort } from './network-of.js';

/**
 * Returns a function that checks whether an address is a proxy whose X-Forwarded-For is trusted.
 * @param proxies as TRUSTED_PROXIES lists them: addresses, ranges and names, comma-separated
 */
export function trustedProxies(proxies: string): (address: string) => boolean {
  if (proxies === '') return () => false;
  const isListed = proxyAddr.compile(proxies.split(',').map((proxy) => proxy.trim()));
  return (address) => isListed(withoutPort(address), 0);
}
