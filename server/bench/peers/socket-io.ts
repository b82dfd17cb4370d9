import { Server } from 'socket.io';
import { toNotification } from './notification.js';
import { createPublishServer } from './publish-endpoint.js';
import { listenAndTell } from './ready.js';

/** Socket.IO as in its documentation. The load clients use its WebSocket transport. */
const server = createPublishServer((draft) => io.emit('notification', toNotification(draft)));
const io = new Server(server);
listenAndTell(server);
