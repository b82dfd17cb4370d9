import { keyNotValid } from '../../auth/auth-refusals.js';
import type { AppRepository, StoredApp } from '../../repository/app-repository.js';

/**
 * The app that a signed-in user sends as: since Gotify 3, a client with its own token names one of its apps.
 * @throws Refusal invalid_token when the user has no such app that sends, or it has expired
 */
export async function appOfUser(appid: unknown, username: string, apps: AppRepository): Promise<StoredApp> {
  const id = Number(appid);
  const app = Number.isSafeInteger(id) && id > 0 ? await apps.find(id) : undefined;
  if (app?.owner !== username || app.scope !== 'send') throw keyNotValid();
  if (app.expiresAt !== undefined && Date.parse(app.expiresAt) <= Date.now()) throw keyNotValid();
  return app;
}
