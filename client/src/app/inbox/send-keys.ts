import type { NotificationDraft } from '@herald/protocol';

/** Time in which a repeated draft counts as another try. Later, the same text is a new notification, such as the next day's "Standup now". */
const KEPT_MS = 10 * 60_000;
/** Unanswered drafts that are kept; beyond that, the oldest is dropped. */
const KEPT_MAX = 20;
const KEY_BYTES = 16;

/** The Idempotency-Key of each unanswered draft: the server accepts a draft once, however often it is tried. */
export class SendKeys {
  /** By the draft's JSON, oldest first. `until` is in milliseconds of `performance.now()`. */
  readonly #kept = new Map<string, { key: string; until: number }>();

  /** The key of the last try, or a new one if that try was answered or is more than 10 minutes old. */
  keyOf(draft: NotificationDraft): string {
    const text = JSON.stringify(draft);
    const kept = this.#kept.get(text);
    const key = kept !== undefined && performance.now() < kept.until ? kept.key : randomKey();
    this.#kept.delete(text);
    this.#kept.set(text, { key, until: performance.now() + KEPT_MS });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT_MAX) break;
      this.#kept.delete(oldest);
    }
    return key;
  }

  /** The draft was answered. */
  forget(draft: NotificationDraft): void {
    this.#kept.delete(JSON.stringify(draft));
  }
}

/** Unlike `randomUUID`, this works in insecure contexts, too. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
