import type { LoginAnswer } from '@herald/protocol';

/** Signs in the demo account of a server in another process. @returns the token */
export async function signIn(host: string): Promise<string> {
  const response = await fetch(`http://${host}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'password' }),
  });
  return ((await response.json()) as LoginAnswer).access_token;
}
