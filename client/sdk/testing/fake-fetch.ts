/** A request that a test answers. */
export interface FakeRequest {
  /** Such as `POST /api/auth/login`. */
  line: string;
  headers: Record<string, string>;
  body: string | undefined;
  answer(status: number, body?: unknown): void;
  fail(): void;
}

/** A `fetch` whose requests wait for a test to answer them. */
export class FakeFetch {
  /** Requests that have no answer yet. */
  readonly open: FakeRequest[] = [];

  readonly fetch = ((url: string, { method = 'GET', headers, body, signal }: RequestInit): Promise<Response> =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const request: FakeRequest = {
        line: `${method} ${url}`,
        headers: headers as Record<string, string>,
        body: body as string | undefined,
        answer: (status, answer) => resolve(responseOf(status, answer)),
        fail: () => reject(new TypeError('Failed to fetch')),
      };
      this.open.push(request);
      signal?.addEventListener('abort', () => {
        this.open.splice(this.open.indexOf(request) >>> 0, 1);
        request.fail();
      });
    })) as typeof fetch;

  /** Takes the oldest request of this line. @throws Error if there is none */
  take(line: string): FakeRequest {
    const index = this.open.findIndex((request) => request.line === line);
    const [taken] = index < 0 ? [] : this.open.splice(index, 1);
    if (taken === undefined) throw new Error(`No request ${line}, but ${this.open.map((one) => one.line).join()}`);
    return taken;
  }
}

/** As far as the library reads it: jsdom has no `Response`. */
export function responseOf(status: number, body?: unknown): Response {
  const text = body === undefined ? '' : JSON.stringify(body);
  const response = {
    ok: status < 400,
    status,
    headers: { get: () => null },
    text: () => Promise.resolve(text),
    json: () => Promise.resolve().then(() => JSON.parse(text) as unknown),
    clone: () => response,
  };
  return response as unknown as Response;
}
