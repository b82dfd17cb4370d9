import { checkEnvironment } from '../config/read-environment.js';
import { Refusal } from '../http/refusal/refusal.js';
import { NoPeers } from '../repository/peers.js';
import { ConnectionLimits } from './connection-limits.js';

const limitsOf = (all: number, perUser: number, perAddress: number): ConnectionLimits =>
  new ConnectionLimits(
    checkEnvironment({
      MAX_CONNECTIONS: String(all),
      MAX_CONNECTIONS_PER_USER: String(perUser),
      MAX_CONNECTIONS_PER_ADDRESS: String(perAddress),
    }),
    new NoPeers(),
  );

function refusalOf(enter: () => unknown): string {
  try {
    enter();
    return 'admitted';
  } catch (error) {
    expect(error).toMatchObject({ code: 'too_many_connections' });
    const { statusCode, answer } = error as Refusal;
    return `${statusCode} ${answer.message} ${JSON.stringify(answer.params)}`;
  }
}

describe('ConnectionLimits', () => {
  test('refuses a user over their limit from any address, and no other user', () => {
    const limits = limitsOf(9, 2, 9);
    limits.enter('ada', '10.0.0.1');
    limits.enter('ada', '10.0.0.2');
    expect(refusalOf(() => limits.enter('ada', '10.0.0.3'))).toBe(
      '429 You have reached the limit of 2 connections of a user. Close one first {"max":2,"per":"user"}',
    );
    expect(refusalOf(() => limits.enter('grace', '10.0.0.1'))).toBe('admitted');
  });

  test('refuses any user from an address over its limit, and no other address', () => {
    const limits = limitsOf(9, 9, 2);
    limits.enter('ada', '10.0.0.1');
    limits.enter('grace', '10.0.0.1');
    expect(refusalOf(() => limits.enter('alan', '10.0.0.1'))).toBe(
      '429 Your address has reached the limit of 2 connections. Close one first {"max":2,"per":"address"}',
    );
    expect(refusalOf(() => limits.enter('ada', '10.0.0.2'))).toBe('admitted');
  });

  test('counts an IPv6 network as one address, and both spellings of an IPv4 address as one', () => {
    const limits = limitsOf(9, 9, 1);
    limits.enter('ada', '2001:db8:0:1::1');
    limits.enter('ada', '::ffff:10.0.0.1');
    expect(refusalOf(() => limits.enter('ada', '2001:db8:0:1:ffff::2'))).toContain('429 Your address');
    expect(refusalOf(() => limits.enter('ada', '10.0.0.1'))).toContain('429 Your address');
    expect(refusalOf(() => limits.enter('ada', '2001:db8:0:2::1'))).toBe('admitted');
    expect(refusalOf(() => limits.enter('ada', '::ffff:10.0.0.2'))).toBe('admitted');
  });

  test('returns a place to its network', () => {
    const limits = limitsOf(9, 9, 1);
    limits.enter('ada', '2001:db8:0:1::1')();
    expect(refusalOf(() => limits.enter('ada', '2001:db8:0:1::2'))).toBe('admitted');
  });

  test('refuses with 503 when the whole server is full', () => {
    const limits = limitsOf(1, 9, 9);
    limits.enter('ada', '10.0.0.1');
    expect(refusalOf(() => limits.enter('grace', '10.0.0.2'))).toBe(
      '503 The server has reached its limit of 1 connections {"max":1,"per":"server"}',
    );
  });

  test('returns a place in all three counts', () => {
    const limits = limitsOf(1, 1, 1);
    for (let n = 0; n < 3; n++) limits.enter('ada', '10.0.0.1')();
    expect(refusalOf(() => limits.enter('ada', '10.0.0.1'))).toBe('admitted');
  });

  test('does not count a refused connection', () => {
    const limits = limitsOf(2, 1, 9);
    limits.enter('ada', '10.0.0.1');
    for (let n = 0; n < 3; n++) refusalOf(() => limits.enter('ada', '10.0.0.1'));
    expect(refusalOf(() => limits.enter('grace', '10.0.0.1'))).toBe('admitted');
  });
});
