import { Server } from 'socket.io';
import { toNotification } from './notification.js';
import { createPublishServer } from './publish-endpoint.js';
import { listenAndTell } from './ready.js';

/** Socket.IO as its documentation shows it; the load clients ask for its WebSocket transport. */
const server = createPublishServer((draft) => io.emit('notification', toNotification(draft)));
const io = new Server(server);
listenAndTell(server);
