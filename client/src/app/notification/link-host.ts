import { isWebUrl } from '../../../../protocol/notification';

/**
 * The host that an address leads to, as the browser will ask for it: in Punycode, with a port that is not the usual one.
 * Null for an address that the page does not follow: one that is not of the web, and one with a user name in front of the
 * host, which makes `https://bank.example@evil.example/` look like the bank's.
 */
export function linkHost(address: string): string | null {
  if (!isWebUrl(address)) return null;
  const { host, username, password } = new URL(address);
  return username === '' && password === '' ? host : null;
}

/** Whether a link's text already begins with its host, letter by letter: `example.com/log` or `https://example.com`. */
export function saysHost(text: string, host: string): boolean {
  const address = text.trim().toLowerCase().replace(/^https?:\/\//, '');
  return address === host || ['/', '?', '#'].some((end) => address.startsWith(host + end));
}
