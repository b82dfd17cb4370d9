import type { NotificationFrame } from '@herald/protocol';
import { WebSocket, WebSocketServer } from 'ws';
import { toNotification } from './notification.js';
import { createPublishServer } from './publish-endpoint.js';
import { listenAndTell } from './ready.js';

/** The usual loop with `ws`: one JSON text, and one `send` for each client. */
const server = createPublishServer((draft) => {
  const frame: NotificationFrame = { event: 'notification', data: toNotification(draft) };
  const text = JSON.stringify(frame);
  for (const client of sockets.clients) if (client.readyState === WebSocket.OPEN) client.send(text);
});
const sockets = new WebSocketServer({ server, path: '/ws' });
listenAndTell(server);
