import { readStored, store } from '#app/platform/browser-storage';
import { personalKey } from '#app/platform/personal-keys';
import type { NotificationDraft } from '@herald/protocol';

/**
 * Time in which a repeated draft counts as another try. Later, the same text is a new notification, such as the next
 * day's "Standup now".
 */
const KEPT_MS = 10 * 60_000;
/** Unanswered drafts that are kept; beyond that, the oldest is dropped. */
const KEPT_MAX = 20;
const KEY_BYTES = 16;

/** A draft that was tried, as JSON. `until` is in milliseconds since 1970. */
interface Try {
  readonly text: string;
  readonly key: string;
  readonly until: number;
}

/**
 * The Idempotency-Key of each unanswered draft of a person: the server accepts a draft once, however often it is tried.
 * The keys are stored in this browser, since a page that is reloaded while it sends restores the draft. Where storage
 * is blocked, they last as long as the page.
 */
export class SendKeys {
  readonly #place: string;
  /** While they can't be stored. */
  #unstored: readonly Try[] | null = null;

  constructor(username: string) {
    this.#place = personalKey('send-keys', username);
  }

  /** The key of the last try, or a new one if that try was answered or is more than 10 minutes old. */
  keyOf(draft: NotificationDraft): string {
    const text = JSON.stringify(draft);
    const now = Date.now();
    const before = this.#read().find((one) => one.text === text && now < one.until);
    const { key } = before ?? { key: randomKey() };
    this.#keep([...this.#others(text), { text, key, until: now + KEPT_MS }].slice(-KEPT_MAX));
    return key;
  }

  /** The draft was answered. */
  forget(draft: NotificationDraft): void {
    this.#keep(this.#others(JSON.stringify(draft)));
  }

  #others(text: string): Try[] {
    return this.#read().filter((one) => one.text !== text);
  }

  /** Oldest first. Other tabs may have tried meanwhile. */
  #read(): readonly Try[] {
    return this.#unstored ?? parse(readStored(this.#place)) ?? [];
  }

  #keep(tries: readonly Try[]): void {
    this.#unstored = store(this.#place, JSON.stringify(tries)) ? null : tries;
  }
}

/** @returns null for anything that is not a list of tries */
function parse(text: string | null): Try[] | null {
  try {
    const tries = JSON.parse(text ?? 'null') as unknown;
    return Array.isArray(tries) && tries.every(isTry) ? tries : null;
  } catch {
    return null;
  }
}

function isTry(value: unknown): value is Try {
  const { text, key, until } = (value ?? {}) as Partial<Try>;
  return typeof text === 'string' && /^[0-9a-f]{32}$/.test(String(key)) && typeof until === 'number';
}

/** Unlike `randomUUID`, this works in insecure contexts, too. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(KEY_BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}
