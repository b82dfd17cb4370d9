import type { FieldError } from './http.ts';
import type { NotificationDraft } from './notification.ts';

/** Scheduled notifications that one sender may have. */
export const SCHEDULED_MAX = 1000;

/** A notification scheduled for later; answer of `POST /api/notifications/send` with `deliverAt`. */
export interface ScheduledNotification extends NotificationDraft {
  /** UUID of version 7. When the notification is sent, it gets another id. */
  id: string;
  sender: string;
  /** When it was scheduled, ISO 8601. */
  createdAt: string;
  deliverAt: string;
  /** Reason why it could not be sent when it was due, in words; it stays in the list until it is cancelled. */
  problem?: string;
  /** The same reason with its code. */
  fault?: FieldError;
}

/** One page of `GET /api/notifications/scheduled`, soonest first. */
export interface ScheduledPage {
  items: ScheduledNotification[];
  /** Pass as `after` for the next page; null at the end. */
  nextCursor: string | null;
}
