import { DEFAULT_PREFERENCES, type LoginAnswer, type Preferences } from '@herald/protocol';
import type { HeraldServer } from './herald-server.ts';

/** Saves preferences of the demo account as another client would; omitted ones get their defaults. */
export async function choose({ apiUrl }: HeraldServer, changes: Partial<Preferences>): Promise<void> {
  const token = await signIn(apiUrl);
  const response = await fetch(`${apiUrl}/api/preferences`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ ...DEFAULT_PREFERENCES, ...changes }),
  });
  if (!response.ok) throw new Error(`PUT /api/preferences answered ${response.status}: ${await response.text()}`);
}

/** Preferences of the demo account on the server. */
export async function chosen({ apiUrl }: HeraldServer): Promise<Preferences> {
  const headers = { Authorization: `Bearer ${await signIn(apiUrl)}` };
  return (await (await fetch(`${apiUrl}/api/preferences`, { headers })).json()) as Preferences;
}

async function signIn(apiUrl: string): Promise<string> {
  const response = await fetch(`${apiUrl}/api/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'admin', password: 'password' }),
  });
  return ((await response.json()) as LoginAnswer).access_token;
}
