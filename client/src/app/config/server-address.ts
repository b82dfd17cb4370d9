import { Injectable } from '@angular/core';
import type { PageConfig } from '../../../../protocol/http';

/** Where the page finds its server: run-time configuration of whoever serves the page, not of the build. */
@Injectable({ providedIn: 'root' })
export class ServerAddress {
  #serverUrl = '';

  /** Reads /config.json, once, before the first request. Without one, the server is where the page came from. */
  async load(): Promise<void> {
    try {
      const response = await fetch('/config.json');
      const { serverUrl } = (await response.json()) as PageConfig;
      this.#serverUrl = serverUrl;
    } catch {
      this.#serverUrl = '';
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
