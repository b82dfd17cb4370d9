import { expect, type Page, type Request } from '@playwright/test';

/** Requests of a page for its inbox, or for one notification, over HTTP. Create it before the page opens. */
export class InboxReads {
  #urls: string[] = [];
  #ended = 0;
  /** Reads of the inbox as the page opens, known once its connection is welcomed. */
  #expected = Infinity;

  constructor(page: Page) {
    const end = (request: Request): void => {
      if (isRead(request)) this.#ended += 1;
    };
    page.on('request', (request) => {
      if (request.method() === 'GET' && request.url().includes('/api/notifications')) this.#urls.push(request.url());
    });
    page.on('requestfinished', end).on('requestfailed', end);
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => {
        const text = payload.toString();
        // The page reads while it connects, and once more when it has caught up without resuming.
        if (text.includes('"event":"welcome"')) this.#expected = text.includes('"resumed":true') ? 1 : 2;
      }),
    );
  }

  /** Waits for the end of the reads as the page opens, and forgets the requests so far. */
  async haveEnded(): Promise<void> {
    await expect.poll(() => this.#ended >= this.#expected).toBe(true);
    this.#urls = [];
  }

  /** Addresses since then. */
  get urls(): readonly string[] {
    return this.#urls;
  }
}

function isRead(request: Request): boolean {
  return request.url().includes('/api/notifications?');
}
