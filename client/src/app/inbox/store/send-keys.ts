import type { NotificationDraft } from '../../../../../protocol/notification';

/** How long a repeated draft counts as another try. Later, the same text is a new notification: "Standup now" of the next day. */
const KEPT_MS = 10 * 60_000;
/** Drafts without an answer that are remembered; beyond it, the oldest is forgotten. */
const KEPT_MAX = 20;
const KEY_BYTES = 16;

/** The Idempotency-Key of each draft that has no answer yet: the server takes a draft once, however often it is tried. */
export class SendKeys {
  /** By the draft's JSON, oldest first. `until` is in milliseconds of `performance.now()`. */
  readonly #kept = new Map<string, { key: string; until: number }>();

  /** The same as for the last try, unless that was answered, or is 10 minutes ago. */
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

  /** It was answered. */
  forget(draft: NotificationDraft): void {
    this.#kept.delete(JSON.stringify(draft));
  }
}

/** Unlike `randomUUID`, also at addresses that are not secure. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
