/** An answer says how things were when it was asked for: later, the program asks anew. */
const GOOD_FOR_MS = 30_000;

/** A request that was made before the program had come. */
export interface Asked {
  method: string;
  url: string;
  token: string | null;
  /** As JSON. */
  body: string | null;
  /** By `performance.now()`, in milliseconds. */
  at: number;
  answer: Promise<Response>;
}

/** The requests that the prefetching script hands to the program; the two share no module. */
export interface Ahead {
  asked: Asked[];
  /** Requests, as `requestLine` names them, that the program made itself. Undefined once nothing more is asked ahead. */
  overtaken: Set<string> | undefined;
  /** Whether somebody is signed in, or will be by itself, as far as can be told ahead. */
  isInboxNext: Promise<boolean>;
}

declare global {
  // Undefined where that script has not run, as in tests. What is global can only be declared with `var`.
  var heraldAhead: Ahead | undefined;
}

export function requestLine({ method, url }: { method: string; url: string }): string {
  return `${method} ${url}`;
}

/** The answer to what was asked for ahead; undefined when it was not, or too long ago, and from the second time on. */
export function takeAsked(wanted: Omit<Asked, 'at' | 'answer'>): Promise<Response> | undefined {
  const ahead = globalThis.heraldAhead;
  if (ahead === undefined) return undefined;
  const { method, url, token, body } = wanted;
  const at = ahead.asked.findIndex(
    (one) => one.method === method && one.url === url && one.token === token && one.body === body,
  );
  const [taken] = at < 0 ? [] : ahead.asked.splice(at, 1);
  // The script must not repeat this request: its answer would stay unused, and might be taken after the server has restarted.
  if (taken === undefined) ahead.overtaken?.add(requestLine(wanted));
  return taken !== undefined && performance.now() - taken.at < GOOD_FOR_MS ? taken.answer : undefined;
}
