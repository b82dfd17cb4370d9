import type { Priority } from './notification.ts';

/** An open connection, as administrators see it. */
export interface ConnectionSummary {
  /** In the log: `connection=`. For a WebSocket also the `connectionId` of its welcome. */
  id: string;
  username: string;
  transport: 'websocket' | 'event-stream';
  /** When it was admitted, ISO 8601. */
  connectedAt: string;
  /** When its token expires, ISO 8601. */
  expiresAt: string;
}

/** Answer of `GET /api/operations/connections`. */
export interface ConnectionPage {
  /** By id. */
  items: ConnectionSummary[];
  /** Pass as `after` for the next page; null at the end. */
  nextCursor: string | null;
}

/** One lane of a connection. */
export interface LaneFigures {
  channel: string;
  lane: Priority;
  /** Offset of the next entry to send. */
  next: number;
  /** Offset of the newest entry. */
  head: number;
  /** Entries that wait to be sent. */
  waiting: number;
}

/** Progress of delivery to a connection. */
export interface DeliveryFigures {
  channels: string[];
  lanes: LaneFigures[];
  /** Bytes that were sent and not acknowledged. Without acknowledgements: bytes that the process still holds. */
  bytesInFlight: number;
  /** Bytes that may be sent now, by lane; 0 while the lane waits for the client. */
  availableBytes: Record<Priority, number>;
}

/** Answer of `GET /api/operations/connections/:id`. */
export interface ConnectionDetails extends ConnectionSummary {
  /** Absent until the client is subscribed to its channels. */
  delivery?: DeliveryFigures;
}
