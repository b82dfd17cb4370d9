import type { SeededRandom } from '../seeded-random.js';

/** Words with a meaning for the server or for JavaScript. */
const WORDS = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'length', 'then'],
  ...[
    'event',
    'data',
    'hello',
    'ack',
    'heartbeat',
    'authenticate',
    'positions',
    'epoch',
    'channels',
    'everyone',
    'high',
    'medium',
    'low',
  ],
  ...['title', 'message', 'priority', 'category', 'audience', 'username', 'password', 'roles', 'limit', 'before'],
];
const NUMBERS = [
  '0',
  '-0',
  '-1',
  '1.5',
  '1e999',
  '-1e999',
  '9007199254740993',
  '1e-400',
  '123456789012345678901234567890',
];
const TEXTS = ['', ' ', '\u0000', '\ud800', '\u202e', '💥', '../..', '%', '{}', "' OR 1=1", '<script>'];

/** JSON text of any type, with known keys, repeated keys, deep nesting and numbers out of range. */
export function randomJson(random: SeededRandom, depth = 0): string {
  switch (random.integer(0, depth > 4 ? 4 : 8)) {
    case 0:
      return random.one(['null', 'true', 'false']);
    case 1:
      return random.one(NUMBERS);
    case 2:
      return JSON.stringify(random.one(WORDS));
    case 3:
      return JSON.stringify(random.one(TEXTS).repeat(random.one([1, 1, 100, 1000])));
    case 4:
      return String(random.integer(-10, 100));
    case 5:
      return nested(random.one(['[', '{"data":']), random.one([3, 100, 3000]));
    case 6:
      return `[${many(random, () => randomJson(random, depth + 1))}]`;
    default:
      return randomObject(random, depth);
  }
}

/** A client frame with any data, sometimes of the right shape with thousands of channels. */
export function randomClientFrame(random: SeededRandom): string {
  const event = random.one(['hello', 'ack', 'heartbeat', 'authenticate', 'welcome', '__proto__']);
  if (random.next() < 0.2) {
    const channels = Array.from(
      { length: random.one([1, 50, 900]) },
      (_, i) => `"c${i}":{"low":${random.one(NUMBERS)}}`,
    );
    return `{"event":"ack","data":{${channels.join(',')}}}`;
  }
  const data =
    random.next() < 0.5 ? randomJson(random) : `{"positions":${randomObject(random, 0)},"ack":${randomJson(random)}}`;
  return random.next() < 0.9 ? `{"event":"${event}","data":${data}}` : randomJson(random);
}

function randomObject(random: SeededRandom, depth: number): string {
  return `{${many(random, () => `"${random.one(WORDS)}":${randomJson(random, depth + 1)}`)}}`;
}

function many(random: SeededRandom, make: () => string): string {
  return Array.from({ length: random.integer(0, 4) }, make).join(',');
}

function nested(open: string, depth: number): string {
  return `${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}`;
}

/** Bytes that are no request, or almost a request. */
export function randomRequest(random: SeededRandom, valid: string): Buffer {
  if (random.next() < 0.3) return random.bytes(random.integer(1, 2000));
  const bytes = Buffer.from(valid);
  for (let n = random.integer(1, 5); n > 0; n--) bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
  return random.next() < 0.2 ? bytes.subarray(0, random.integer(1, bytes.length)) : bytes;
}
