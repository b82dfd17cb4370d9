import { forget, readStored, store } from '#app/platform/browser-storage';

/** Largest draft that is kept. The largest notification that can be sent takes a third of it. */
export const DRAFT_MAX_BYTES = 128 * 1024;

/**
 * The draft of a form, in this browser until it is sent, saved or discarded. It is written at every change, so that no
 * end of the page loses it. Where storage is full or blocked, the draft ends with its page.
 */
export class DraftKeeper<Draft> {
  /** The stored draft is of this page, and not of another tab. */
  #isOurs = false;

  /**
   * @param key names the form, and its person
   * @param parse returns null for a text that is not such a draft
   * @param isEmpty whether a draft has nothing that the person would miss
   */
  constructor(
    private readonly key: string,
    private readonly parse: (text: string) => Draft | null,
    private readonly isEmpty: (draft: Draft) => boolean,
  ) {}

  read(): Draft | null {
    const draft = this.parse(readStored(this.key) ?? '');
    this.#isOurs = draft !== null;
    return draft;
  }

  /** Forgets an empty draft. A draft that is too large is not kept, and the one before stays. */
  keep(draft: Draft): void {
    const text = JSON.stringify(draft);
    if (!this.isEmpty(draft)) {
      this.#isOurs = true;
      if (bytesOf(text) <= DRAFT_MAX_BYTES) store(this.key, text);
    } else if (this.#isOurs) {
      this.#isOurs = false;
      forget(this.key);
    }
  }

  /** Forgets a draft that was sent or saved, unless another one has taken its place. */
  forget(draft: Draft): void {
    if (readStored(this.key) === JSON.stringify(draft)) forget(this.key);
  }
}

/** Browsers store text as UTF-16. */
function bytesOf(text: string): number {
  return 2 * text.length;
}
