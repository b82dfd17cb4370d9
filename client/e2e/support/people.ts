import type { LoginAnswer } from '@herald/protocol';
import type { HeraldServer } from './herald-server.ts';

/** Password of the accounts that tests create. */
export const PASSWORD = 'correct horse';

/** Calls the API and expects success. @param token null before signing in */
export async function call(
  { apiUrl }: HeraldServer,
  method: string,
  path: string,
  token: string | null,
  body?: object,
): Promise<Response> {
  const headers = {
    ...(body !== undefined && { 'Content-Type': 'application/json' }),
    ...(token !== null && { Authorization: `Bearer ${token}` }),
  };
  const response = await fetch(`${apiUrl}/api/${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

/** @returns a token */
export async function signIn(
  server: HeraldServer,
  username = 'admin',
  password = username === 'admin' ? 'password' : PASSWORD,
): Promise<string> {
  const answer = await call(server, 'POST', 'auth/login', null, { username, password });
  return ((await answer.json()) as LoginAnswer).access_token;
}

/** Creates an account. @returns its token */
export async function addPerson(
  server: HeraldServer,
  username: string,
  roles: readonly string[] = [],
): Promise<string> {
  await call(server, 'POST', 'users', await signIn(server), { username, password: PASSWORD, roles });
  return signIn(server, username);
}
