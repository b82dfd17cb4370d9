import { APPS_MAX } from '@herald/protocol';
import type { AppRepository } from '../repository/app-repository.js';

/** Whether a sender is this user or an app of theirs, which may have been removed. */
export async function isOwn(sender: string, username: string, apps: AppRepository): Promise<boolean> {
  return sender === username || (await apps.ownerOf(sender)) === username;
}

/**
 * The user and their apps, by name, also those that were removed: their notifications stay. Of the apps of an
 * administrator who has made more than `APPS_MAX`, some removed ones are missing.
 */
export async function ownSenders(username: string, apps: AppRepository): Promise<string[]> {
  return [username, ...(await apps.namesOf(username, APPS_MAX))];
}
