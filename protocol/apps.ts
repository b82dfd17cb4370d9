import type { NotificationDraft, Priority } from './notification.ts';

/** Most apps of an administrator. */
export const APPS_MAX = 1000;
/** Most apps of any other user. */
export const APPS_OF_USER_MAX = 10;
/** Most apps of all owners, beyond which only administrators may create one. */
export const APPS_OF_ALL_MAX = 10_000;
/** Most apps that a user who is no administrator may ever name; those that were removed count. */
export const APP_NAMES_MAX = 100;

/** Fewest and most characters of the secret that webhooks must prove. */
export const SECRET_MIN = 8;
export const SECRET_MAX = 200;

/** Purpose of a key: to send, or to read the notifications of the owner of the app. */
export const APP_SCOPES = ['send', 'read'] as const;
export type AppScope = (typeof APP_SCOPES)[number];

/** Keys that a rotation may end while both are valid: the current one, which was lost, or the one before it. */
export const REPLACED_KEYS = ['current', 'previous'] as const;
export type ReplacedKey = (typeof REPLACED_KEYS)[number];

/** A program that sends or reads with a key of its own. Its name is the sender of its notifications. */
export interface App {
  id: number;
  /** Differs from every username. It is never given to another app or user. */
  name: string;
  /** Username of the person who made it, by whose rights it sends. */
  owner: string;
  scope: AppScope;
  /** Channels that receive a notification without an audience, and the only ones that the app may name. Empty for one that
   * reads. */
  audience: string[];
  /** Category of notifications that have none. Absent: `general`. */
  category?: string;
  /** Priority of notifications that have none. Absent: medium. */
  defaultPriority?: Priority;
  /** Tags of notifications that have none. */
  tags?: string[];
  /** Whether messages are Markdown, unless a notification says otherwise. */
  markdown?: true;
  /** Instant from which the key is refused, ISO 8601. */
  expiresAt?: string;
  /** Instant until which the key before the last rotation is valid, too, ISO 8601. Absent: it is not. */
  previousKeyUntil?: string;
  /** Whether webhooks must prove that they know a secret, which no answer has. */
  hasSecret?: true;
  createdAt: string;
  /** When the key was last used, to the minute. Absent: never. */
  lastUsedAt?: string;
  /** Address from which it was last used. */
  lastUsedFrom?: string;
}

/** An app with its key, which no later answer has: answer of `POST /api/apps` and `POST /api/apps/:id/rotate`. */
export interface AppWithKey extends App {
  key: string;
}

/** One page of `GET /api/apps`, by id. */
export interface AppPage {
  items: App[];
  /** Pass as `after` for the next page; null at the end. */
  nextCursor: string | null;
}

/** A notification as a program with a key supplies it. The defaults of its app stand for what is missing. */
export type AppNotificationDraft = Partial<NotificationDraft> & Pick<NotificationDraft, 'message'>;
