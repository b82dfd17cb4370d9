import type { Connection } from './connection.js';
import { Connections } from './connections.js';

function connectionOf(username: string): Connection & { drained: number } {
  const principal = { username, sessionId: '', generation: 0, signedInAt: 0, expiresAt: 0 };
  const connection = { principal, transport: 'websocket', drained: 0, drain: () => (connection.drained += 1) };
  return connection as unknown as Connection & { drained: number };
}

describe('Connections', () => {
  test('has the connections of all users, and those of one, until they are removed', () => {
    const connections = new Connections();
    const [first, second, other] = [connectionOf('ada'), connectionOf('ada'), connectionOf('bob')];
    for (const connection of [first, second, other]) connections.add(connection);
    expect([connections.size, [...connections.all()]]).toEqual([3, [first, second, other]]);
    connections.remove(first);
    expect([[...connections.ofUser('ada')], [...connections.ofUser('bob')]]).toEqual([[second], [other]]);
    connections.remove(second);
    expect([connections.size, [...connections.ofUser('ada')], [...connections.all()]]).toEqual([1, [], [other]]);
  });

  test('ignores a connection that was removed before', () => {
    const connections = new Connections();
    const connection = connectionOf('ada');
    connections.add(connection);
    connections.remove(connection);
    connections.remove(connection);
    expect(connections.size).toBe(0);
  });

  test('drains each connection when the server stops', () => {
    const connections = new Connections();
    const all = [connectionOf('ada'), connectionOf('bob')];
    for (const connection of all) connections.add(connection);
    connections.onModuleDestroy();
    expect(all.map(({ drained }) => drained)).toEqual([1, 1]);
  });
});
