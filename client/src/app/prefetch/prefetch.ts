import { type Ahead, requestLine } from '#app/platform/prefetched';
import { hasExpired, hasSignedOut, readStoredSession } from '#app/session/stored-session';
import type { LoginAnswer, PageConfig, ServerInfo } from '@herald/protocol';

/** The first request of the inbox, exactly as its store makes it. */
const FIRST_PAGE = '/api/notifications?view=inbox&limit=50';

type AskedAhead = Omit<Ahead, 'isInboxNext'>;

/**
 * Asks for what the program will ask for first, and has the inbox's files fetched, while the program itself is still on
 * its way: that takes a phone a second. Nothing depends on it: what is not answered here, the program asks for again.
 */
export function askAhead(): Ahead {
  const ahead: AskedAhead = { asked: [], overtaken: new Set() };
  const config = read<PageConfig>(ask(ahead, { url: '/config.json' }));
  const stored = readStoredSession();
  const isRemembered = stored !== null && !hasExpired(stored, Date.now());
  // The demo does not take the place of a person.
  const mayBeDemo = !isRemembered && !hasSignedOut() && (stored?.isDemo ?? true);
  const demo = mayBeDemo
    ? config
        .then(({ serverUrl }) => read<ServerInfo>(ask(ahead, { url: `${serverUrl}/api/info` })))
        .then((info) => info.demo)
    : undefined;
  const isInboxNext = isRemembered
    ? Promise.resolve(true)
    : Promise.resolve(demo).then(
        (account) => account !== undefined,
        () => false,
      );
  void isInboxNext.then((is) => {
    if (is) fetchInbox();
  });
  // The program meets the same errors, and tells of them.
  void askForInbox(ahead, config, isRemembered ? stored.token : demo)
    .catch(() => undefined)
    .finally(() => (ahead.overtaken = undefined));
  return Object.assign(ahead, { isInboxNext });
}

/** @param as a token, or the account to get one for */
async function askForInbox(
  ahead: AskedAhead,
  config: Promise<PageConfig>,
  as: string | Promise<ServerInfo['demo']> | undefined,
): Promise<void> {
  const { serverUrl } = await config;
  const account = await as;
  if (account === undefined) return;
  const token =
    typeof account === 'string'
      ? account
      : (
          await read<LoginAnswer>(
            ask(ahead, {
              url: `${serverUrl}/api/auth/login`,
              data: { username: account.username, password: account.password },
            }),
          )
        ).access_token;
  if (isInbox()) await ask(ahead, { url: serverUrl + FIRST_PAGE, token });
}

/** Whether the page is opened there, without a filter: elsewhere its first page might not be wanted, or only much later. */
function isInbox(): boolean {
  return location.pathname === '/' && location.search === '';
}

interface Wish {
  url: string;
  token?: string;
  data?: object;
}

/** Rejects a request that the program has made itself meanwhile. */
function ask({ asked, overtaken }: AskedAhead, { url, token, data }: Wish): Promise<Response> {
  const method = data === undefined ? 'GET' : 'POST';
  if (overtaken?.has(requestLine({ method, url }))) return Promise.reject(new Error('The program has asked for it'));
  const body = data === undefined ? null : JSON.stringify(data);
  const headers = {
    ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    ...(body === null ? {} : { 'Content-Type': 'application/json' }),
  };
  const answer = fetch(url, { method, headers, body });
  asked.push({ method, url, token: token ?? null, body, at: performance.now(), answer });
  // Its body can be read once, and the program reads it, too.
  return answer.then((response) => response.clone());
}

/** Their names are in index.html, where the build has put them. */
function fetchInbox(): void {
  const files = document.querySelector('meta[name=inbox-files]')?.getAttribute('content')?.split(' ') ?? [];
  for (const file of files) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = file;
    document.head.append(link);
  }
}

async function read<T>(answer: Promise<Response>): Promise<T> {
  const response = await answer;
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return (await response.json()) as T;
}
