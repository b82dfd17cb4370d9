import {
  type Acknowledgement,
  type ChannelPositions,
  type ChannelsFrame,
  type Positions,
  PRIORITIES,
  type Priority,
} from '@herald/protocol';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import {
  type LaneHead,
  type LogEntry,
  NotificationRepository,
  type Place,
} from '../repository/notification-repository.js';
import { StoreUnavailable } from '../repository/store-errors.js';
import type { Channel } from './channel.js';
import { Channels } from './channels.js';
import type { Window } from './connection/window.js';
import { type AcknowledgedListener, Confirmations } from './connection/confirmations.js';
import { Cursor } from './connection/cursor.js';
import { FlushLoop } from './schedule/flush-loop.js';
import { EpochChanged, LogReader } from './log/log-reader.js';
import { Pages, type Waiting } from './log/pages.js';
import { channelsBehind, gapFrame, type Placement, place, trimmedGapFrame } from './connection/placement.js';
import { type Sink, Subscription } from './connection/subscription.js';
import { textFrame } from './log/text-frame.js';
import { DeliveryTotals } from './totals.js';
import { TURNS, type Turns } from './schedule/turns.js';

/** Pause before missed entries are read again from a store that does not work. Their connections stay open. */
const READ_AGAIN_MS = 1000;
/** Connections that are closed in one turn of the event loop. */
const FAILED_AT_ONCE = 200;

export interface SubscribeOptions {
  channels: readonly string[];
  /** Positions of the client; without them it starts at the heads. */
  positions?: Positions;
  window: Window;
  sink: Sink;
  /** User whose receipts the acknowledgements of the connection count for. */
  username?: string;
}

export interface Subscribed {
  subscription: Subscription;
  /** Epoch of the heads. */
  epoch: string;
  /** Head of each lane when the subscription began. */
  heads: ChannelPositions;
  /** Whether any position was accepted. */
  resumed: boolean;
}

/**
 * Delivers stored entries to connections. The log is the queue: an entry is encoded once, and a connection is a set of
 * cursors in the log. Entries that become pending in a turn of the event loop are written at its end, in one write for each
 * connection, high first. Live delivery, catching up and resuming are this one path; a slow connection is a cursor that
 * stays behind. Entries come from the repository's events, so any request of any process may have stored them;
 * `checkHeads` finds those that no event told of.
 */
@Injectable()
export class DeliveryEngine implements OnModuleInit, OnModuleDestroy {
  /** Figures for operations, which only reads them. */
  readonly totals = new DeliveryTotals();
  readonly #loop: FlushLoop;
  readonly #confirmations = new Confirmations();
  #log!: LogReader;
  #channels!: Channels;
  #pages!: Pages;
  #unsubscribe: () => void = () => undefined;

  constructor(
    private readonly repository: NotificationRepository,
    @Inject(TURNS) private readonly turns: Turns,
  ) {
    this.#begin();
    this.#loop = new FlushLoop(turns, {
      served: (subscription) => {
        const { missing } = subscription;
        if (missing !== undefined) this.#pages.want(missing, subscription);
      },
      flushed: () => this.#pages.readWanted(),
    });
  }

  /** @throws whatever the repository throws, as `idsAt` does */
  epoch(): Promise<string> {
    return this.#inOneEpoch(() => this.#log.readEpoch());
  }

  /** Ids of the entries at these places; null where no entry is stored, or not any more. */
  idsAt(places: readonly Place[]): Promise<readonly (string | null)[]> {
    return this.#log.idsAt(places);
  }

  /** Tries once more if the read shows that the log has another epoch: nothing is wrong with this client. */
  async #inOneEpoch<Result>(read: () => Promise<Result>): Promise<Result> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof EpochChanged)) throw error;
      return read();
    }
  }

  onModuleInit(): void {
    this.#unsubscribe = this.repository.follow({
      appended: ({ places }, epoch) => {
        if (this.#keepsEpoch(epoch)) for (const entry of places) this.#append(entry);
      },
      headAdvanced: (channel, lane, head, epoch) => {
        // A late hint of an earlier epoch must not raise a head: nothing would ever lower it.
        if (this.#log.isIn(epoch)) this.#grow(channel, lane, head);
      },
      epochChanged: (epoch) => void this.#keepsEpoch(epoch),
    });
  }

  onModuleDestroy(): void {
    this.#unsubscribe();
  }

  /** @returns false if the log has another epoch than the one that was read; then delivery has begun anew */
  #keepsEpoch(epoch: string): boolean {
    if (this.#log.isUnread || this.#log.isIn(epoch)) return true;
    this.#beginAnew();
    return false;
  }

  #append(entry: LogEntry): void {
    const channel = this.#channels.get(entry.channel);
    if (channel === undefined) return;
    channel.append(entry, this.turns.now());
    this.#loop.appended(channel);
  }

  /** @returns number of entries that were not known before */
  #grow(name: string, lane: Priority, head: LaneHead): number {
    const channel = this.#channels.get(name);
    const grown = channel?.growTo(lane, head) ?? 0;
    if (channel !== undefined && grown > 0) this.#loop.appended(channel);
    return grown;
  }

  /**
   * Compares the heads of some open channels with the store's, so that entries whose announcement was lost are
   * delivered late instead of never.
   * @returns number of entries that were not known before
   * @throws whatever the repository throws
   */
  async checkHeads(names: readonly string[]): Promise<number> {
    let found = 0;
    for (const [name, heads] of await this.#log.heads(names))
      for (const lane of PRIORITIES) found += this.#grow(name, lane, heads[lane]);
    return found;
  }

  get openChannels(): readonly string[] {
    return this.#channels.names;
  }

  /** Closes all connections: their clients reconnect, and are told of the gap. */
  #beginAnew(): void {
    const subscriptions = [...this.#channels.subscriptions];
    this.#log.end();
    this.#begin();
    // At once, since acknowledgements of the earlier epoch prove nothing in this one.
    for (const subscription of subscriptions) subscription.isDetached = true;
    this.#failAll(subscriptions, new EpochChanged());
  }

  /** In slices: there may be many thousands. */
  #failAll(subscriptions: readonly Subscription[], error: unknown): void {
    for (const { sink } of subscriptions.slice(0, FAILED_AT_ONCE)) sink.fail(error);
    const others = subscriptions.slice(FAILED_AT_ONCE);
    if (others.length > 0) this.turns.defer(() => this.#failAll(others, error));
  }

  #begin(): void {
    this.#log = new LogReader(this.repository, () => this.#beginAnew());
    this.#channels = new Channels(this.#log, this.totals);
    // The channels of the earlier epoch are gone, and their cursors with them.
    for (const lane of PRIORITIES) this.totals.lanes[lane].waiting = 0;
    this.#confirmations.beginAnew();
    this.#pages = new Pages(this.#log, {
      arrived: (waiting, firstOffset) => this.#continueFrom(firstOffset, waiting),
      failed: (waiting, error) => {
        if (error instanceof StoreUnavailable) this.turns.after(READ_AGAIN_MS, () => this.#resumeAll(waiting));
        else for (const subscription of waiting.values()) this.#fail(subscription, error);
        this.#loop.schedule();
      },
    });
  }

  #resumeAll(waiting: Waiting): void {
    for (const subscription of waiting.values()) this.resume(subscription);
  }

  /**
   * Subscribes a connection. Nothing is written to its sink before this turn of the event loop is over, so a greeting
   * that is sent at once comes first.
   * @throws whatever the repository throws when a head or a position cannot be read
   */
  async subscribe(options: SubscribeOptions): Promise<Subscribed> {
    return this.#inOneEpoch(() => this.#subscribe(options));
  }

  async #subscribe({ channels: names, positions, window, sink, username }: SubscribeOptions): Promise<Subscribed> {
    const log = this.#log;
    return this.#channels.whileOpen(names, async (channels) => {
      const lanes = channels.flatMap((channel) => channel.lanes);
      const behind = channelsBehind(lanes, positions);
      if (behind.length > 0) await this.checkHeads(behind);
      const placements = await place(lanes, positions, log);
      // Before the connection joins channels of an epoch that is over.
      const { epoch } = log;
      const subscribed = { epoch, ...this.#admit(channels, placements, window, sink) };
      subscribed.subscription.username = username;
      this.#confirmations.resumed(username, placements);
      this.#countResume(placements);
      return subscribed;
    });
  }

  /**
   * Changes the channels of a live connection: it leaves those that are not named, joins new ones at their heads, and
   * is sent a frame `channels`. Its sink fails if a head cannot be read.
   * @throws StoreUnavailable then nothing has changed
   */
  async follow(subscription: Subscription, names: readonly string[]): Promise<void> {
    const isNew = (name: string): boolean => !subscription.channels.includes(name);
    const wereOpen = names.filter((name) => isNew(name) && this.#channels.get(name) !== undefined);
    try {
      await this.#channels.whileOpen(names.filter(isNew), async (channels) => {
        // A head that is behind would repeat what the client received before it left the channel.
        if (wereOpen.length > 0) await this.checkHeads(wereOpen);
        const left = subscription.channels.filter((name) => !names.includes(name));
        // Another change may have come first.
        this.#move(
          subscription,
          channels.filter(({ name }) => isNew(name)),
          left,
        );
      });
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      this.#fail(subscription, error);
    }
  }

  unsubscribe(subscription: Subscription): void {
    const { username, isDetached, window } = subscription;
    if (!isDetached) this.#confirmations.ended(username, window.inFlight);
    subscription.isDetached = true;
    for (const name of subscription.channels) this.#channels.leave(subscription, name);
  }

  /** Makes room in the window. Ignores offsets that were never sent, and channels that are not the connection's. */
  acknowledge(subscription: Subscription, acknowledgement: Acknowledgement): void {
    for (const channel in acknowledgement) {
      for (const lane of PRIORITIES) {
        const offset = acknowledgement[channel]?.[lane];
        if (offset !== undefined) this.#acknowledgeLane(subscription, { channel, lane, offset });
      }
    }
    // Even if nothing is to be sent: the time until the flush is the delay of this process, not of the client.
    this.#loop.schedule();
    const terms = subscription.window.settle(this.#loop.moment);
    if (terms !== undefined) subscription.announce(textFrame(JSON.stringify(terms)));
    this.resume(subscription);
  }

  /** Reports entries once a user has acknowledged them or resumes behind them. @returns a function that unsubscribes */
  onAcknowledged(listener: AcknowledgedListener): () => void {
    return this.#confirmations.add(listener);
  }

  /** The connection may have room again. */
  resume(subscription: Subscription): void {
    const urgency = subscription.pendingUrgency;
    if (urgency !== undefined) this.#loop.enqueue(subscription, urgency);
  }

  #admit(channels: Channel[], placements: Placement[], window: Window, sink: Sink): Omit<Subscribed, 'epoch'> {
    const cursors = new Map(placements.map(({ lane, after }) => [lane, new Cursor(lane, (after ?? lane.head) + 1)]));
    const gaps = placements.filter(({ lost }) => lost !== undefined).map(gapFrame);
    const subscription = new Subscription([...cursors.values()], window, sink, gaps);
    for (const channel of channels) {
      channel.add(
        subscription,
        channel.lanes.map((lane) => cursors.get(lane) as Cursor),
      );
    }
    this.#loop.enqueue(subscription, 'high');
    const resumed = placements.some(({ after }) => after !== undefined);
    return { subscription, heads: headsOf(channels), resumed };
  }

  #countResume(placements: readonly Placement[]): void {
    const { gaps, resumes } = this.totals;
    for (const { lost } of placements) if (lost !== undefined) gaps[lost] += 1;
    if (placements.some(({ lost }) => lost !== undefined)) resumes.gap += 1;
    else if (placements.some(({ after }) => after !== undefined)) resumes.complete += 1;
  }

  #move(subscription: Subscription, joined: readonly Channel[], left: string[]): void {
    if (subscription.isDetached || joined.length + left.length === 0) return;
    for (const name of left) {
      this.#channels.leave(subscription, name);
      subscription.leave(name);
    }
    for (const channel of joined) {
      const cursors = channel.lanes.map((lane) => new Cursor(lane, lane.head + 1));
      channel.add(subscription, cursors);
      subscription.join(cursors);
    }
    const frame: ChannelsFrame = { event: 'channels', data: { joined: headsOf(joined), left } };
    subscription.announce(textFrame(JSON.stringify(frame)));
    this.#loop.enqueue(subscription, 'high');
  }

  #acknowledgeLane(subscription: Subscription, place: Place): void {
    if (subscription.isDetached) return;
    const { channel, lane, offset } = place;
    const cursor = subscription.cursors.find((each) => each.lane.channel === channel && each.lane.priority === lane);
    const wasSent = cursor === undefined ? subscription.window.isInFlight(place) : offset < cursor.next;
    if (!wasSent) return;
    this.#confirmations.acknowledged(subscription.username, subscription.window.acknowledge(place));
  }

  #fail(subscription: Subscription, error: unknown): void {
    this.unsubscribe(subscription);
    subscription.sink.fail(error);
  }

  /** A page has arrived: announces what retention has dropped before it, and sends it. */
  #continueFrom(firstOffset: number, waiting: Waiting): void {
    for (const [cursor, subscription] of waiting) {
      // The connection may have closed, or left the channel meanwhile.
      if (subscription.isDetached || !subscription.cursors.includes(cursor)) continue;
      if (cursor.next < firstOffset) {
        subscription.announce(trimmedGapFrame(cursor.lane, cursor.next, firstOffset - 1));
        cursor.moveTo(firstOffset);
        this.totals.gaps.trimmed += 1;
      }
      this.resume(subscription);
    }
    // The next flush starts the reads that wait for this one.
    this.#loop.schedule();
  }
}

function headsOf(channels: readonly Channel[]): ChannelPositions {
  const lanesOf = ({ lanes }: Channel) =>
    Object.fromEntries(lanes.map(({ priority, position }) => [priority, position]));
  return Object.fromEntries(channels.map((channel) => [channel.name, lanesOf(channel)]));
}
