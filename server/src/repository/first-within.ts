import type { LogEntry } from './notification-repository.js';

/** The first entry, and those behind it that fit into so many bytes of JSON together with it. */
export function firstWithin(bytes: number, entries: readonly LogEntry[]): LogEntry[] {
  let left = bytes;
  const excess = entries.findIndex((entry, n) => {
    left -= Buffer.byteLength(JSON.stringify(entry));
    return left < 0 && n > 0;
  });
  return entries.slice(0, excess < 0 ? entries.length : excess);
}
