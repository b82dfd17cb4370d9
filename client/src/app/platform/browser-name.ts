import { basePath } from './server-url';

/**
 * Name of something that a browser keeps for all pages of an origin: a stored value, a database, a lock, a channel. Two
 * Heralds below different paths of one origin must not share it.
 */
export function browserName(name: string): string {
  return `herald${basePath()}.${name}`;
}
