import { isWebUrl } from '@herald/protocol';

/**
 * The host of an address as the browser requests it: in Punycode, with its port unless that is the default.
 * Null for an address that the page does not open: one without http or https, and one with a user name before the
 * host, which makes `https://bank.example@evil.example/` look like the bank's.
 */
export function linkHost(address: string): string | null {
  if (!isWebUrl(address)) return null;
  const { host, username, password } = new URL(address);
  return username === '' && password === '' ? host : null;
}

/** Whether a link's text already begins with its host, as `example.com/log` and `https://example.com` do. */
export function saysHost(text: string, host: string): boolean {
  const address = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '');
  return address === host || ['/', '?', '#'].some((end) => address.startsWith(host + end));
}
