import { Injectable } from '@angular/core';
import type { PageConfig } from '../../../../protocol/http';
import { readStored, store } from '../storage/browser-storage';

const KEY = 'herald.server-url';
/** A network that neither answers nor fails must not keep the page from opening. */
const ANSWER_WITHIN_MS = 4000;

/** Where the page finds its server: run-time configuration of whoever serves the page, not of the build. */
@Injectable({ providedIn: 'root' })
export class ServerAddress {
  #serverUrl = readStored(KEY) ?? '';

  /**
   * Reads /config.json, once, before the first request; index.html has it fetched ahead. When it can't be had, the
   * server is where it was last; at first, where the page came from. The page remembers it, since a service worker has
   * not seen the first visit's request.
   * @returns whether the server has moved since the last visit
   */
  async load(): Promise<boolean> {
    try {
      const response = await fetch('/config.json', { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
      const { serverUrl } = (await response.json()) as Partial<PageConfig>;
      if (!response.ok || typeof serverUrl !== 'string') throw new Error(`No configuration: ${response.status}`);
      const before = readStored(KEY);
      this.#serverUrl = serverUrl;
      return store(KEY, serverUrl) && before !== null && before !== serverUrl;
    } catch {
      // It stays where it was.
      return false;
    }
  }

  /** @param path from the root, as `/api/info` */
  http(path: string): string {
    return this.#serverUrl + path;
  }

  webSocket(path: string): string {
    return this.http(path).startsWith('/')
      ? `${location.origin}${path}`.replace(/^http/, 'ws')
      : this.http(path).replace(/^http/, 'ws');
  }

  /** Whether a request goes to the server, and so may carry the token. */
  isOwn(url: string): boolean {
    return url.startsWith(`${this.#serverUrl}/api/`);
  }
}
