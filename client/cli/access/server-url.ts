import { hasUserInfo } from '@herald/protocol';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

export const DEFAULT_SERVER = 'http://localhost:8000';

/** The address of a server, maybe with a path, without a slash at its end. @throws Failure */
export function serverUrl(text: string): string {
  const isWeb = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (!isWeb) throw new Failure(EXIT.usage, `The server's address must begin with http:// or https://, not ${text}`);
  if (hasUserInfo(text)) throw new Failure(EXIT.usage, "The server's address must not have a name or a password");
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/\/+$/, '');
}

/** Endpoint of the WebSocket. */
export function socketUrl(server: string): string {
  return `${server.replace(/^http/, 'ws')}/ws`;
}
