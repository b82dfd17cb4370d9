import { isIPv6, SocketAddress } from 'node:net';

/** An address with a port, as some proxies write it: `192.0.2.7:40001`, `[2001:db8::1]:40001`. */
const WITH_PORT = /^(?:\[([^\]]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/;
const IPV4_MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;
const GROUPS = 8;
const GROUPS_OF_NETWORK = 4;

/** The address alone, without the port and brackets that a proxy may have written with it. */
export function withoutPort(address: string): string {
  const [, ipv6, ipv4] = WITH_PORT.exec(address) ?? [];
  return ipv6 ?? ipv4 ?? address;
}

/**
 * Maps an address to the network for which limits count. An IPv6 address becomes its /64: one site has at least that
 * many (RFC 6177), and could use a new one each time. An IPv4-mapped address (RFC 4291, section 2.5.5.2) becomes
 * its IPv4 address. Text that is not an address stays unchanged.
 * @param address with or without a port
 */
export function networkOf(address: string): string {
  const alone = withoutPort(address);
  const [bare = ''] = alone.split('%', 1);
  if (!isIPv6(bare)) return alone;
  const canonical = new SocketAddress({ address: bare, family: 'ipv6' }).address;
  const [, ipv4] = IPV4_MAPPED.exec(canonical) ?? [];
  return ipv4 ?? `${groupsOf(canonical).slice(0, GROUPS_OF_NETWORK).join(':')}::/64`;
}

/** All 16-bit groups, including those that `::` abbreviates. */
function groupsOf(canonical: string): string[] {
  const [before = [], after] = canonical.split('::').map((part) => part.split(':').filter(Boolean));
  if (after === undefined) return before;
  return [...before, ...Array<string>(GROUPS - before.length - after.length).fill('0'), ...after];
}
