import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { Connections } from './connections.js';

const PRINCIPAL = { username: 'ada', sessionId: '', generation: 0, signedInAt: 0, expiresAt: 0 };
const STREAM = {} as Duplex;
const anySocket = (): WebSocket => ({}) as WebSocket;

describe('Connections', () => {
  test('finds a connection by its socket, until it is removed', () => {
    const connections = new Connections();
    const [first, second] = [anySocket(), anySocket()];
    const connection = connections.add(first, STREAM, PRINCIPAL);
    connections.add(second, STREAM, PRINCIPAL);
    expect(connections.of(first)).toBe(connection);
    expect(connections.size).toBe(2);
    connections.remove(first);
    expect(connections.of(first)).toBeUndefined();
    expect([...connections.all()].map(({ socket }) => socket)).toEqual([second]);
  });
});
