import { DEFAULT_PREFERENCES, PRIORITIES, type Priority } from '@herald/protocol';
import { DeliveryEngine } from '../../src/delivery/delivery-engine.js';
import { EpochChanged } from '../../src/delivery/log/log-reader.js';
import { newId } from '../../src/repository/new-id.js';
import type { NewEntry } from '../../src/repository/notification-repository.js';
import { Published } from '../delivery-promise/published.js';
import { CrowdOrder } from './crowd-order.js';
import { ManualTurns } from './manual-turns.js';
import type { ModelClient } from './model-client.js';
import type { ModelLogs } from './model-logs.js';
import { type Announcement, SharedLog } from './shared-log.js';
import type { ClientsStep, Step } from './steps.js';

const CHANNELS = ['everyone', 'user:ada', 'user:bob', 'role:ops', 'topic:builds'];
/** Counting what connections wait for is slow, so with more of them than this not every turn is checked. */
const COUNTED_A_TURN = 32;
const LATER_THAN_ALL = '9999-12-31T23:59:59.999Z';

/** A server with one engine, its clients, and the published entries, which it may hear of from another process. */
export class World {
  readonly #turns = new ManualTurns();
  readonly #published = new Published();
  readonly #order: CrowdOrder;
  #entries = 0;
  #turnsPassed = 0;
  #engine: DeliveryEngine;

  private constructor(
    private readonly clients: readonly ModelClient[],
    private readonly logs: ModelLogs,
    private readonly announcement: Announcement,
    private repository: SharedLog,
  ) {
    this.#order = new CrowdOrder(clients);
    this.#engine = this.#start();
  }

  /** @param logs which `close` closes */
  static async begin(clients: readonly ModelClient[], logs: ModelLogs, announcement: Announcement): Promise<World> {
    return new World(clients, logs, announcement, await SharedLog.of(await logs.begin(), announcement));
  }

  async play(step: Step): Promise<void> {
    switch (step.do) {
      case 'publish':
        return this.#publishMany(step);
      case 'turn':
        return this.#turn();
      case 'wait':
        this.#turns.wait(step.ms);
        this.#turns.lookMs = step.lookMs;
        return;
      case 'settle':
        return this.#settle();
      case 'age':
        return this.repository.dropBefore(LATER_THAN_ALL);
      case 'restart':
        return this.#restart();
      case 'begin anew':
        await this.repository.quiet();
        return this.repository.beginAnew(await this.logs.begin(), step.isAnnounced);
      default:
        return this.#playClients(step);
    }
  }

  async connectAll(): Promise<void> {
    for (const client of this.clients) if (!client.isConnected) await client.connect(this.#engine);
  }

  /**
   * Connects every client, and lets all of them settle.
   * @throws Error unless each has received, or was told it has lost, everything published
   */
  async end(): Promise<void> {
    // An epoch that began unannounced shows here, and closes the connections.
    await this.#checkHeads();
    await this.connectAll();
    await this.#settle();
    this.#check();
  }

  close(): Promise<void> {
    return this.logs.close();
  }

  /**
   * Lets connected clients read, and acknowledge when due, until nothing moves.
   * @throws Error unless each has then reached the end and is live
   */
  async #settle(): Promise<void> {
    await this.#checkHeads();
    for (let quiet = 0; quiet < 3; quiet++) {
      while (!this.#turns.isIdle) await this.#turn();
      for (const client of this.clients) {
        client.readAll();
        if (!client.owesAcknowledgement) continue;
        quiet = 0;
        client.acknowledge(this.#engine);
      }
    }
    for (const client of this.clients) if (client.isConnected) this.#checkReached(client);
    this.#checkWaiting();
  }

  /** Fails if the engine's running count of waiting entries is not what its connections together wait for. */
  #checkWaiting(): void {
    const all = this.clients.flatMap(({ laneFigures }) => laneFigures);
    for (const priority of PRIORITIES) {
      const waiting = all.reduce((sum, { lane, waiting }) => sum + (lane === priority ? waiting : 0), 0);
      const counted = this.#engine.totals.lanes[priority].waiting;
      if (counted !== waiting)
        throw new Error(`${counted} entries of ${priority} wait by count, and ${waiting} in fact`);
    }
  }

  /** Fails if the log began anew; the engine has closed all connections then. */
  async #checkHeads(): Promise<void> {
    await this.#engine.checkHeads(this.#engine.openChannels).catch((error: unknown) => {
      if (!(error instanceof EpochChanged)) throw error;
    });
  }

  #check(): void {
    const { epoch } = this.repository;
    for (const { ledger, channels } of this.clients) {
      const wereLeft = CHANNELS.filter(
        (name) => !channels.has(name) && ledger.account(epoch, name, 'high') !== undefined,
      );
      this.#published.check(ledger, epoch, [...channels, ...wereLeft]);
    }
  }

  #checkReached({ ledger, channels }: ModelClient): void {
    if (!this.#published.isReachedBy(ledger, this.repository.epoch, [...channels]))
      throw new Error(`${ledger.name} waits for ever`);
    if (!ledger.isLive) throw new Error(`${ledger.name} was never told that it is live`);
  }

  async #playClients(step: ClientsStep): Promise<void> {
    const clients = this.clients.slice(step.first, step.first + step.count);
    if (step.do === 'toggle') return this.#toggle(clients, step);
    for (const client of clients) {
      if (step.do === 'cut') client.disconnect(this.#engine);
      else if (step.do === 'ack') client.acknowledge(this.#engine);
      else if (step.do === 'connect') await (client.isConnected ? undefined : client.connect(this.#engine));
      else if (step.bytes === Infinity) client.readAll();
      else client.read(step.bytes);
    }
  }

  /** The clients' users join or leave a channel, perhaps in a race with an entry published there. */
  async #toggle(
    clients: readonly ModelClient[],
    { channel, isRacing }: Extract<Step, { do: 'toggle' }>,
  ): Promise<void> {
    const [name = ''] = namesOf([channel]);
    for (const { channels } of clients) if (!channels.delete(name)) channels.add(name);
    const followed = clients.map((client) => client.follow(this.#engine));
    if (isRacing) await this.#publish([name], 'medium', 80);
    await Promise.all(followed);
    // The racing entry may come after the head: a hint of it may get lost, and a database may store it later.
    const isCertain = !isRacing || (this.announcement === 'entries' && this.logs.areImmediate);
    const heads = isCertain ? this.#headsOf(name) : null;
    for (const client of clients) if (client.isConnected && client.channels.has(name)) client.expectHeads(name, heads);
  }

  #headsOf(channel: string): number[] {
    return PRIORITIES.map((lane) => this.#published.count(this.repository.epoch, channel, lane));
  }

  /** Appends them at the same time, so that a database commits them together. */
  async #publishMany({ channels, lane, size, count }: Extract<Step, { do: 'publish' }>): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#publish(namesOf(channels), lane, size)));
  }

  async #publish(channels: string[], priority: Priority, size: number): Promise<void> {
    const { entry } = await this.repository.append(channels, this.#entry(channels, priority, size));
    for (const channel of channels) this.#published.add(this.repository.epoch, channel, priority, entry.data.id);
  }

  /** Every fourth entry is a retraction, a state or preferences. */
  #entry(channels: string[], priority: Priority, size: number): NewEntry {
    this.#entries += 1;
    // Retention spares the sender with the smaller share, so lanes lose entries while older ones remain.
    if (this.#entries % 4 > 0)
      return notification(channels, this.#entries % 9 === 0 ? 'quiet' : 'loud', priority, size);
    if (priority !== 'medium') return { event: 'retract', data: { lane: priority, notificationId: newId() } };
    if (this.#entries % 8 === 0)
      return { event: 'preferences', data: { lane: 'medium', preferences: DEFAULT_PREFERENCES } };
    const ids = Array.from({ length: Math.ceil(size / 10) }, () => newId());
    return {
      event: 'state',
      data: {
        lane: 'medium',
        ids,
        read: true,
        counts: { unread: 0, inbox: 0, archived: 0, snoozed: 0, unconfirmed: 0 },
      },
    };
  }

  async #turn(): Promise<void> {
    this.#order.beginTurn();
    this.#turns.pass();
    // Lets the turn's reads of the repository end before the next turn.
    await this.repository.quiet();
    if (++this.#turnsPassed % Math.ceil(this.clients.length / COUNTED_A_TURN) === 0) this.#checkWaiting();
  }

  async #restart(): Promise<void> {
    for (const client of this.clients) client.disconnect(this.#engine);
    this.#engine.onModuleDestroy();
    await this.repository.quiet();
    this.repository = await SharedLog.of(await this.logs.reopen(), this.announcement);
    this.#engine = this.#start();
  }

  #start(): DeliveryEngine {
    const engine = new DeliveryEngine(this.repository, this.#turns);
    engine.onModuleInit();
    return engine;
  }
}

/** The size is in the URL, since texts would be prepared for search. */
function notification(audience: string[], sender: string, priority: Priority, size: number): NewEntry {
  const said = { title: 't', message: 'm', url: '€'.repeat(size), priority, category: 'model' };
  return { event: 'notification', data: { ...said, audience, sender } };
}

function namesOf(channels: readonly number[]): string[] {
  return channels.map((n) => CHANNELS[n] ?? '');
}
