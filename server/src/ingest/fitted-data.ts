import { DATA_DEPTH_MAX, DATA_MAX_BYTES } from '@herald/protocol';
import { faultOfTexts } from '../http/text-faults.js';
import { depthOf } from '../notifications/is-data.js';

/** Room for the names of what was cut and dropped. */
const NAMES_BYTES = 512;

export interface FittedData {
  /** Undefined if there is nothing to say. */
  readonly data: Record<string, unknown> | undefined;
  /** Number of parts that were dropped. */
  readonly dropped: number;
}

/**
 * The data of a notification. Its largest parts are dropped until it is within the limits.
 * @param cut names of texts that were cut
 * @param dropped names of parts that were dropped
 */
export function fittedData(
  parts: Readonly<Record<string, unknown>>,
  cut: readonly string[],
  dropped: readonly string[],
): FittedData {
  const given = Object.entries(parts).filter(([, value]) => value !== undefined);
  if (given.length === 0 && cut.length === 0 && dropped.length === 0) return { data: undefined, dropped: 0 };
  const measured = given.map(([name, value]) => ({
    ...{ name, value },
    bytes: Buffer.byteLength(JSON.stringify({ [name]: value })),
  }));
  // Only small values are examined, since those of a webhook may be large.
  const sizes = measured.filter(({ value, bytes }) => bytes <= DATA_MAX_BYTES && isStorable(value));
  const kept = new Map(sizes.map(({ name, value }) => [name, value]));
  let bytes = sizes.reduce((sum, part) => sum + part.bytes, 0);
  for (const part of sizes.sort((a, b) => b.bytes - a.bytes)) {
    if (bytes <= DATA_MAX_BYTES - NAMES_BYTES) break;
    kept.delete(part.name);
    bytes -= part.bytes;
  }
  const gone = [...dropped, ...given.map(([name]) => name).filter((name) => !kept.has(name))];
  const data = {
    ...Object.fromEntries(kept),
    ...(cut.length > 0 && { cut }),
    ...(gone.length > 0 && { dropped: [...new Set(gone)] }),
  };
  return { data: Object.keys(data).length === 0 ? undefined : data, dropped: gone.length };
}

function isStorable(value: unknown): boolean {
  return depthOf(value) < DATA_DEPTH_MAX && faultOfTexts({ value }) === undefined;
}
