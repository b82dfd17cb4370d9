import { jest } from '@jest/globals';
import type { WebSocket } from 'ws';
import { Connections } from './connections.js';

const PRINCIPAL = { username: 'ada', expiresAt: 0 };
const anySocket = (): WebSocket => ({}) as WebSocket;

describe('Connections', () => {
  test('finds a connection by its socket, until it is removed', () => {
    const connections = new Connections();
    const [first, second] = [anySocket(), anySocket()];
    const connection = connections.add(first, PRINCIPAL);
    connections.add(second, PRINCIPAL);
    expect(connections.of(first)).toBe(connection);
    expect(connections.size).toBe(2);
    connections.remove(first);
    expect(connections.of(first)).toBeUndefined();
    expect([...connections.all()].map(({ socket }) => socket)).toEqual([second]);
  });

  test('ends the subscription of what is removed, and minds no socket that it does not know', () => {
    const connections = new Connections();
    const socket = anySocket();
    const detach = jest.fn();
    connections.add(socket, PRINCIPAL).goLive(detach);
    connections.remove(anySocket());
    expect(detach).not.toHaveBeenCalled();
    connections.remove(socket);
    expect(detach).toHaveBeenCalledTimes(1);
  });
});
