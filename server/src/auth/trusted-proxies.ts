import proxyAddr from '@fastify/proxy-addr';
import { withoutPort } from './network-of.js';

/**
 * Tells which addresses are proxies whose X-Forwarded-For is believed.
 * @param proxies as TRUSTED_PROXIES lists them: addresses, ranges and names, comma-separated
 */
export function trustedProxies(proxies: string): (address: string) => boolean {
  if (proxies === '') return () => false;
  const isListed = proxyAddr.compile(proxies.split(',').map((proxy) => proxy.trim()));
  return (address) => isListed(withoutPort(address), 0);
}
