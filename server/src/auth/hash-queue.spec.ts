import { type HashRequest, HashQueue } from './hash-queue.js';

const STRANGER: HashRequest = { hasPrecedence: false };
const KNOWN: HashRequest = { hasPrecedence: true };

describe('HashQueue', () => {
  let queue: HashQueue;
  let started: string[];
  let running: Map<string, () => void>;

  beforeEach(() => {
    queue = new HashQueue();
    started = [];
    running = new Map();
  });

  /** Starts a hash that runs until `finish(name)`. */
  function ask(name: string, request: HashRequest): Promise<string> {
    return queue.run(request, () => {
      started.push(name);
      return new Promise((resolve) => running.set(name, () => resolve(name)));
    });
  }

  function askMany(count: number, name: string, request: HashRequest): Promise<string>[] {
    return Array.from({ length: count }, (_, n) => ask(`${name}${n}`, request));
  }

  async function finish(name: string): Promise<void> {
    running.get(name)!();
    // Queued hashes start in microtasks.
    await new Promise(setImmediate);
  }

  test('runs two hashes at a time, in the order of requests', async () => {
    const all = askMany(4, 'h', STRANGER);
    expect(started).toEqual(['h0', 'h1']);
    await finish('h1');
    expect(started).toEqual(['h0', 'h1', 'h2']);
    await finish('h0');
    await finish('h2');
    await finish('h3');
    expect(await Promise.all(all)).toEqual(['h0', 'h1', 'h2', 'h3']);
  });

  test('queues 16 hashes, and refuses the next without running it', async () => {
    const all = askMany(2 + 16, 'h', STRANGER);
    await expect(ask('late', STRANGER)).rejects.toMatchObject({ code: 'sign_ins_busy' });
    await finish('h0');
    void ask('later', STRANGER);
    for (let n = 1; n < all.length; n++) await finish(`h${n}`);
    await finish('later');
    expect(started).not.toContain('late');
    expect(started.at(-1)).toBe('later');
  });

  test('reserves places for hashes with precedence, and runs them first', async () => {
    void askMany(2 + 16, 'h', STRANGER);
    void ask('known', KNOWN);
    await finish('h0');
    expect(started.at(-1)).toBe('known');
  });

  test('queues at most four hashes of one network', async () => {
    void askMany(2 + 4, 'h', { ...STRANGER, network: '192.0.2.1' });
    await expect(ask('fifth', { ...STRANGER, network: '192.0.2.1' })).rejects.toMatchObject({ code: 'sign_ins_busy' });
    void ask('other', { ...STRANGER, network: '192.0.2.2' });
    for (let n = 0; n < 5; n++) await finish(`h${n}`);
    expect(started.at(-1)).toBe('other');
  });

  test('queues at most four hashes of one known network, and keeps places for other known networks', async () => {
    void askMany(2 + 4, 'h', { ...KNOWN, network: '192.0.2.1' });
    await expect(ask('fifth', { ...KNOWN, network: '192.0.2.1' })).rejects.toMatchObject({ code: 'sign_ins_busy' });
    void ask('other', { ...KNOWN, network: '192.0.2.2' });
    for (let n = 0; n < 5; n++) await finish(`h${n}`);
    expect(started).toEqual(['h0', 'h1', 'h2', 'h3', 'h4', 'h5', 'other']);
  });

  test('counts hashes of one network with and without precedence separately', async () => {
    void askMany(2 + 4, 'stranger', { ...STRANGER, network: '192.0.2.1' });
    void ask('known', { ...KNOWN, network: '192.0.2.1' });
    await finish('stranger0');
    expect(started.at(-1)).toBe('known');
  });

  test('continues after a failed hash', async () => {
    const failed = queue.run(STRANGER, () => Promise.reject(new RangeError('memory')));
    await expect(failed).rejects.toThrow(RangeError);
    void askMany(2, 'h', STRANGER);
    expect(started).toEqual(['h0', 'h1']);
  });
});
