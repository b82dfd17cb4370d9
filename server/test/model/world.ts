import { v7 as uuidv7 } from 'uuid';
import type { Entry } from '../../../protocol/entries.js';
import { PRIORITIES, type Priority } from '../../../protocol/notification.js';
import { DeliveryEngine } from '../../src/delivery/delivery-engine.js';
import { InMemoryNotificationRepository } from '../../src/repository/in-memory/in-memory-notification-repository.js';
import { Published } from '../delivery-promise/published.js';
import type { Step } from './delivery.model.spec.js';
import { ManualTurns } from './manual-turns.js';
import { ModelClient } from './model-client.js';

const CHANNELS = ['everyone', 'user:ada', 'user:bob', 'role:ops', 'topic:builds'];
/** Small, so that retention trims what a slow client still needs. */
const HISTORY_LIMIT = 120;

/** A server of one engine, its clients, and what was published. */
export class World {
  readonly #turns = new ManualTurns();
  readonly #published = new Published();
  readonly #clients = [
    new ModelClient('ada', ['everyone', 'user:ada']),
    new ModelClient('ada again', ['everyone', 'user:ada']),
    new ModelClient('bob', ['everyone', 'user:bob']),
    new ModelClient('cyd', ['everyone']),
  ];
  #entries = 0;
  #repository = new InMemoryNotificationRepository(HISTORY_LIMIT);
  #engine = this.#start();

  async play(step: Step): Promise<void> {
    switch (step.do) {
      case 'publish':
        for (let i = 0; i < step.count; i++) await this.#publish(namesOf(step.channels), step.lane, step.size);
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

  /** Lets every client connect, read and acknowledge when it must, until nothing moves any more. */
  async settle(): Promise<void> {
    for (const client of this.#clients) if (!client.isConnected) await client.connect(this.#engine);
    for (let quiet = 0; quiet < 3; quiet++) {
      while (!this.#turns.isIdle) await this.#turn();
      for (const client of this.#clients) {
        client.read(Infinity);
        if (!client.owesAcknowledgement) continue;
        quiet = 0;
        client.acknowledge(this.#engine);
      }
    }
  }

  /** @throws Error unless each client is live, and was sent or told to have lost whatever was published */
  check(): void {
    const { epoch } = this.#repository;
    for (const { ledger, channels } of this.#clients) {
      const wereLeft = CHANNELS.filter((name) => !channels.has(name) && ledger.account(epoch, name, 'high') !== undefined);
      this.#published.check(ledger, epoch, [...channels, ...wereLeft]);
      if (!ledger.isLive) throw new Error(`${ledger.name} was never told that it is live`);
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
    else if (step.do === 'toggle') await this.#toggle(client, step);
    else if (step.do === 'ack') client.acknowledge(this.#engine);
    else client.read(step.bytes);
  }

  /** The client's user joins or leaves a channel, perhaps just as something is published there. */
  async #toggle(client: ModelClient, { channel, isRacing }: Extract<Step, { do: 'toggle' }>): Promise<void> {
    const [name = ''] = namesOf([channel]);
    if (!client.channels.delete(name)) client.channels.add(name);
    const followed = client.follow(this.#engine);
    if (isRacing) await this.#publish([name], 'medium', 80);
    await followed;
    if (client.isConnected && client.channels.has(name)) client.expectHeads(name, this.#headsOf(name));
  }

  #headsOf(channel: string): number[] {
    return PRIORITIES.map((lane) => this.#published.count(this.#repository.epoch, channel, lane));
  }

  async #publish(channels: string[], priority: Priority, size: number): Promise<void> {
    const entry = this.#entry(channels, priority, size);
    await this.#repository.append(channels, entry);
    for (const channel of channels) this.#published.add(this.#repository.epoch, channel, priority, entry.data.id);
  }

  /** Every fourth is no notification but what happens to one. */
  #entry(channels: string[], priority: Priority, size: number): Entry {
    const id = uuidv7();
    this.#entries += 1;
    if (this.#entries % 4 > 0) return notification(id, channels, priority, size);
    if (priority !== 'medium') return { event: 'retract', data: { id, lane: priority, notificationId: uuidv7() } };
    const ids = Array.from({ length: Math.ceil(size / 10) }, () => uuidv7());
    return { event: 'state', data: { id, lane: 'medium', ids, read: true, counts: { unread: 0, inbox: 0, archived: 0, snoozed: 0 } } };
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

function notification(id: string, audience: string[], priority: Priority, size: number): Entry {
  const said = { title: 't', message: '€'.repeat(size), priority, category: 'model' };
  return { event: 'notification', data: { ...said, id, audience, sender: 'model', createdAt: '2026-01-31T08:00:00.000Z' } };
}

function namesOf(channels: readonly number[]): string[] {
  return channels.map((n) => CHANNELS[n] ?? '');
}
