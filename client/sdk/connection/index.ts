export type { ConnectionStatus } from './connection-status.ts';
export { type ConnectionOptions, HeraldConnection } from './herald-connection.ts';
export type { WebSocketConstructor } from './notification-socket.ts';
export type { PositionStore } from './position-store.ts';
export { newestId } from './positions.ts';
export type { ConnectionEvent } from './progress.ts';
