import { APPS_MAX } from '@herald/protocol';
import type { AppRepository } from '../repository/app-repository.js';

/** Whether a sender is this user or an app of theirs. */
export async function isOwn(sender: string, username: string, apps: AppRepository): Promise<boolean> {
  return sender === username || (await apps.findNamed(sender))?.owner === username;
}

/** The user and their apps, by name. */
export async function ownSenders(username: string, apps: AppRepository): Promise<string[]> {
  return [username, ...(await apps.list({ owner: username, limit: APPS_MAX })).map(({ name }) => name)];
}
