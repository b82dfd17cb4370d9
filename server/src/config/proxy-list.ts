import { compile } from '@fastify/proxy-addr';

/** Ranges that Fastify's proxy-addr knows by name. */
const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal'];
/** The widest allowed ranges are those of the private 10.0.0.0/8 and fc00::/7. */
const IPV4_BITS_MIN = 8;
const IPV6_BITS_MIN = 7;
/** Two addresses so far apart that a range with both covers nearly the whole internet. */
const FAR_APART = ['1.0.0.1', '223.255.255.1'];

export const PROXY_LIST_HINT = `each must be an address, a CIDR range no wider than /${IPV4_BITS_MIN} (IPv6: /${IPV6_BITS_MIN}) or one of ${NAMED_RANGES.join(', ')}`;

/** Whether each item of a comma-separated list is an address, a range that is not too wide, or a known name. */
export function isProxyList(list: string): boolean {
  return list.split(',').every((item) => isProxyRange(item.trim()));
}

function isProxyRange(item: string): boolean {
  if (NAMED_RANGES.includes(item)) return true;
  const trusts = compiled(item);
  if (trusts === undefined || FAR_APART.every((far) => trusts(far, 0))) return false;
  const [address = '', bits, ...rest] = item.split('/');
  if (bits === undefined) return true;
  const least = address.includes(':') ? IPV6_BITS_MIN : IPV4_BITS_MIN;
  return rest.length === 0 && /^\d+$/.test(bits) && Number(bits) >= least;
}

function compiled(item: string): ReturnType<typeof compile> | undefined {
  try {
    return compile(item);
  } catch {
    return undefined;
  }
}
