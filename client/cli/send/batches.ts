import type { AppNotificationDraft } from '@herald/protocol';
import { EXIT } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

/** Small enough that a sender with a limited rate waits seconds between two batches, and not minutes. */
const BATCH_MAX = 100;
const BATCH_MAX_BYTES = 512 * 1024;

/** Notifications of successive lines. */
export interface Batch {
  drafts: AppNotificationDraft[];
  /** Number of the line of each, from 1. */
  lines: number[];
  /** Bytes of the input up to the last of these lines. */
  readBytes: number;
}

/**
 * Splits lines with a JSON object each into batches. Blank lines are skipped. The same input gives the same batches.
 * @throws Failure at a line without an object; the batch that was begun before it is left out
 */
export async function* batchesOf(
  input: AsyncIterable<string>,
  defaults: Partial<AppNotificationDraft>,
): AsyncGenerator<Batch> {
  let batch: Batch = { drafts: [], lines: [], readBytes: 0 };
  let bytes = 0;
  let line = 0;
  for await (const text of input) {
    line += 1;
    const size = Buffer.byteLength(text) + 1;
    if (batch.drafts.length > 0 && (batch.drafts.length === BATCH_MAX || bytes + size > BATCH_MAX_BYTES)) {
      yield batch;
      batch = { drafts: [], lines: [], readBytes: batch.readBytes };
      bytes = 0;
    }
    batch.readBytes += size;
    if (text.trim() === '') continue;
    const draft = objectIn(text);
    // A batch that ends here would be another one once the line is mended, with the same Idempotency-Key.
    if (draft === undefined) throw new Failure(EXIT.usage, `Line ${line} is not a JSON object`);
    batch.drafts.push({ ...defaults, ...draft });
    batch.lines.push(line);
    bytes += size;
  }
  if (batch.drafts.length > 0) yield batch;
}

function objectIn(text: string): AppNotificationDraft | undefined {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as AppNotificationDraft)
      : undefined;
  } catch {
    return undefined;
  }
}
