import { type Prefetch, requestLine } from '#app/platform/prefetched';
import { basePath, urlAt } from '#app/platform/server-url';
import { hasExpired, hasSignedOut, readStoredSession } from '#app/session/stored-session';
import type { LoginAnswer, PageConfig, ServerInfo } from '@herald/protocol';

/** First request of the inbox, exactly as its store makes it. */
const FIRST_PAGE = '/api/notifications?view=inbox&limit=50';

/** As long as the app waits for an answer. */
const ANSWER_WITHIN_MS = 30_000;

type Requests = Omit<Prefetch, 'isInboxNext'>;

/**
 * Makes the app's first requests and preloads the inbox's chunks while the app itself is still loading, which takes a
 * phone a second. Nothing depends on it: the app requests again whatever is missing.
 */
export function prefetch(): Prefetch {
  const made: Requests = { requests: [], madeByApp: new Set() };
  const config = read<PageConfig>(request(made, { url: urlAt('', '/config.json') }));
  const stored = readStoredSession();
  const isRemembered = stored !== null && !hasExpired(stored, Date.now());
  // The demo account does not replace a person whose session has expired.
  const mayBeDemo = !isRemembered && !hasSignedOut() && (stored?.isDemo ?? true);
  const demo = mayBeDemo
    ? config
        .then(({ serverUrl }) => read<ServerInfo>(request(made, { url: urlAt(serverUrl, '/api/info') })))
        .then((info) => info.demo)
    : undefined;
  const isInboxNext = isRemembered
    ? Promise.resolve(true)
    : Promise.resolve(demo).then(
        (account) => account !== undefined,
        () => false,
      );
  void isInboxNext.then((is) => {
    if (is) preloadInbox();
  });
  // The app meets the same errors and reports them.
  void requestFirstPage(made, config, isRemembered ? stored.token : demo)
    .catch(() => undefined)
    .finally(() => (made.madeByApp = undefined));
  return Object.assign(made, { isInboxNext });
}

/** @param as a token, or the account to get one for */
async function requestFirstPage(
  made: Requests,
  config: Promise<PageConfig>,
  as: string | Promise<ServerInfo['demo']> | undefined,
): Promise<void> {
  const { serverUrl } = await config;
  const account = await as;
  if (account === undefined) return;
  const token = typeof account === 'string' ? account : await signIn(made, serverUrl, account);
  if (isInbox()) await request(made, { url: urlAt(serverUrl, FIRST_PAGE), token });
}

async function signIn(
  made: Requests,
  serverUrl: string,
  { username, password }: NonNullable<ServerInfo['demo']>,
): Promise<string> {
  const login = { url: urlAt(serverUrl, '/api/auth/login'), data: { username, password } };
  return (await read<LoginAnswer>(request(made, login))).access_token;
}

/** Whether the page opens at the unfiltered inbox: elsewhere its first page might never be needed. */
function isInbox(): boolean {
  return location.pathname === `${basePath()}/` && location.search === '';
}

/** @throws Error if the app has made this request meanwhile */
function request(
  { requests, madeByApp }: Requests,
  { url, token, data }: { url: string; token?: string; data?: object },
): Promise<Response> {
  const method = data === undefined ? 'GET' : 'POST';
  if (madeByApp?.has(requestLine({ method, url }))) return Promise.reject(new Error('The app has made this request'));
  const body = data === undefined ? null : JSON.stringify(data);
  const headers = {
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(body === null ? {} : { 'Content-Type': 'application/json' }),
  };
  const response = fetch(url, { method, headers, body, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  requests.push({ method, url, token: token ?? null, body, at: performance.now(), response });
  // A body can be read once, and the app reads it, too.
  return response.then((one) => one.clone());
}

/** The build has written the names of the files into index.html. */
function preloadInbox(): void {
  const files = document.querySelector('meta[name=inbox-files]')?.getAttribute('content')?.split(' ') ?? [];
  for (const file of files) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = file;
    document.head.append(link);
  }
}

async function read<T>(response: Promise<Response>): Promise<T> {
  const come = await response;
  if (!come.ok) throw new Error(`${come.url}: ${come.status}`);
  return (await come.json()) as T;
}
