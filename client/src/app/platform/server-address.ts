import { Injectable } from '@angular/core';
import type { PageConfig } from '@herald/protocol';
import { browserName } from './browser-name';
import { readStored, store } from './browser-storage';
import { takePrefetched } from './prefetched';
import { urlAt } from './server-url';

const KEY = browserName('server-url');
/** A file of the page, wherever the server is. */
export const configUrl = (): string => urlAt('', '/config.json');
/** A network that neither answers nor fails must not keep the page from opening. */
const ANSWER_WITHIN_MS = 4000;

/** Address of the server: run-time configuration by the host of the page, not part of the build. */
@Injectable({ providedIn: 'root' })
export class ServerAddress {
  #serverUrl = readStored(KEY) ?? '';

  /**
   * Reads config.json once, before the first request; index.html prefetches it. On failure the address is the last
   * known one, or at first the page's origin. The address is stored, since the service worker never saw the first
   * visit's request.
   * @returns whether the server has moved since the last visit
   */
  async load(): Promise<boolean> {
    try {
      const serverUrl = await Promise.race([readServerUrl(), tooLate()]);
      const before = readStored(KEY);
      this.#serverUrl = serverUrl;
      return store(KEY, serverUrl) && before !== null && before !== serverUrl;
    } catch {
      // The address stays.
      return false;
    }
  }

  /** @param path absolute, such as `/api/info` */
  http(path: string): string {
    return urlAt(this.#serverUrl, path);
  }

  webSocket(path: string): string {
    return this.absolute(path).replace(/^http/, 'ws');
  }

  /** URL for programs elsewhere. @param path absolute */
  absolute(path: string): string {
    return new URL(this.http(path), location.origin).href;
  }
}

async function readServerUrl(): Promise<string> {
  const url = configUrl();
  const response = await (takePrefetched({ method: 'GET', url, token: null, body: null }) ?? fetch(url));
  const { serverUrl } = (await response.json()) as Partial<PageConfig>;
  if (!response.ok || typeof serverUrl !== 'string') throw new Error(`No configuration: ${response.status}`);
  return serverUrl;
}

function tooLate(): Promise<never> {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`No configuration within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS),
  );
}
