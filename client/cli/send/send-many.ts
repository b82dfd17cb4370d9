import { HeraldError } from '@herald/client/api';
import type { AppNotificationDraft } from '@herald/protocol';
import type { Access } from '../access/access.ts';
import { Failure, failureOf } from '../failure.ts';
import { tell } from '../standard-output.ts';
import { type Pause, pauseAndTell } from '../try-again.ts';
import { type Batch, batchesOf } from './batches.ts';
import { completed } from './draft.ts';
import type { IdempotencyKey } from './idempotency-key.ts';
import { linesOf } from './input.ts';
import { ProgressBar } from './progress-bar.ts';

interface SendMany {
  access: Access;
  /** Fields of notifications that don't have them. */
  defaults: Partial<AppNotificationDraft>;
  /** Each batch is a part of it. */
  idempotencyKey: IdempotencyKey;
  tries: number;
}

/** Sends the lines of standard input in batches, each of which is stored as a whole. Stops at the first that fails. */
export async function sendMany({ access, defaults, idempotencyKey, tries }: SendMany): Promise<void> {
  const progress = new ProgressBar();
  const hasKey = access.key !== undefined;
  const pause: Pause = (error, seconds) => {
    progress.clear();
    return pauseAndTell(error, seconds);
  };
  let sent = 0;
  try {
    let batchNumber = 0;
    for await (const batch of batchesOf(linesOf(process.stdin), defaults)) {
      const drafts = batch.drafts.map((draft) => completed(draft, hasKey));
      const send = (name?: string): Promise<unknown> => access.api.sendAll(drafts, name);
      await idempotencyKey.once(send, tries, `-${++batchNumber}`, pause).catch((error: unknown) => {
        throw withLines(error, batch);
      });
      sent += drafts.length;
      progress.show(sent, batch.readBytes);
    }
  } finally {
    progress.clear();
    tell(`${sent.toLocaleString('en')} sent`);
  }
}

/** A refusal names items of the batch, such as `[3].title`: people look for the line. */
function withLines(error: unknown, { lines }: Batch): Failure {
  const { exitCode, message } = failureOf(error);
  const isRefusal = error instanceof HeraldError && error.answer?.details !== undefined;
  const named = message.replace(
    /^ {2}\[(\d+)\]\.?/gm,
    (_, index: string) => `  line ${lines[Number(index)] ?? index}: `,
  );
  return new Failure(exitCode, isRefusal ? named : `Lines ${lines[0] ?? 0} to ${lines.at(-1) ?? 0}: ${message}`);
}
