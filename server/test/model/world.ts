import { v7 as uuidv7 } from 'uuid';
import { PRIORITIES, type Priority } from '../../../protocol/notification.js';
import { DeliveryEngine } from '../../src/delivery/delivery-engine.js';
import { InMemoryNotificationRepository } from '../../src/repository/in-memory/in-memory-notification-repository.js';
import type { Step } from './delivery.model.spec.js';
import { ManualTurns } from './manual-turns.js';
import { ModelClient } from './model-client.js';

const CHANNELS = ['everyone', 'user:ada', 'user:bob'];
/** Small, so that retention trims what a slow client still needs. */
const HISTORY_LIMIT = 120;

/** A server of one engine, its clients, and what was published. */
export class World {
  readonly #turns = new ManualTurns();
  readonly #clients = [
    new ModelClient('ada', ['everyone', 'user:ada']),
    new ModelClient('ada again', ['everyone', 'user:ada']),
    new ModelClient('bob', ['everyone', 'user:bob']),
    new ModelClient('cyd', ['everyone']),
  ];
  #repository = new InMemoryNotificationRepository(HISTORY_LIMIT);
  #engine = this.#start();

  async play(step: Step): Promise<void> {
    switch (step.do) {
      case 'publish':
        for (let i = 0; i < step.count; i++) await this.#publish(CHANNELS[step.channel] ?? '', step.lane, step.size);
        return;
      case 'turn':
        return this.#turn();
      case 'restart':
        this.#restart();
        return;
      default:
        return this.#playClient(step);
    }
  }

  /** Lets every client connect, read and acknowledge until nothing moves any more. */
  async settle(): Promise<void> {
    for (const client of this.#clients) if (!client.isConnected) await client.connect(this.#engine);
    for (let quiet = 0; quiet < 3; quiet++) {
      while (!this.#turns.isIdle) await this.#turn();
      for (const client of this.#clients) {
        client.read(Infinity);
        if (client.hasUnacknowledged) {
          quiet = 0;
          client.acknowledge(this.#engine);
        }
      }
    }
  }

  /** @throws Error unless received ∪ lost = published, disjoint, for each client, channel and lane */
  async check(): Promise<void> {
    for (const client of this.#clients) {
      if (!client.isLive) throw new Error(`${client.name} was never told that it is live`);
      for (const channel of client.channels) {
        for (const lane of PRIORITIES) await this.#checkLane(client, channel, lane);
      }
    }
  }

  async #checkLane(client: ModelClient, channel: string, lane: Priority): Promise<void> {
    const { offset: head } = await this.#repository.head(channel, lane);
    const key = `${this.#repository.epoch} ${channel} ${lane}`;
    const received = client.received.get(key) ?? new Set<number>();
    const lost = client.lost.get(key) ?? new Set<number>();
    for (let offset = 1; offset <= head; offset++) {
      if (received.has(offset) === lost.has(offset)) {
        throw new Error(`${client.name}: ${key} ${offset} was ${received.has(offset) ? 'both received and lost' : 'never told'}`);
      }
    }
  }

  async #playClient(step: Extract<Step, { client: number }>): Promise<void> {
    const client = this.#clients[step.client];
    if (client === undefined) return;
    if (step.do === 'connect') {
      if (!client.isConnected) await client.connect(this.#engine);
      return;
    }
    if (step.do === 'cut') client.disconnect(this.#engine);
    else if (step.do === 'ack') client.acknowledge(this.#engine);
    else client.read(step.bytes);
  }

  async #publish(channel: string, priority: Priority, size: number): Promise<void> {
    await this.#repository.append(channel, {
      id: uuidv7(),
      title: 't',
      message: 'ä'.repeat(size),
      priority,
      category: 'model',
      sender: 'model',
      createdAt: '2026-01-31T08:00:00.000Z',
    });
  }

  async #turn(): Promise<void> {
    this.#turns.pass();
    // Reads of the repository that the turn began end before the next one.
    for (let i = 0; i < 4; i++) await Promise.resolve();
  }

  #restart(): void {
    for (const client of this.#clients) client.disconnect(this.#engine);
    this.#engine.onModuleDestroy();
    this.#repository = new InMemoryNotificationRepository(HISTORY_LIMIT);
    this.#engine = this.#start();
  }

  #start(): DeliveryEngine {
    const engine = new DeliveryEngine(this.#repository, this.#turns);
    engine.onModuleInit();
    return engine;
  }
}
