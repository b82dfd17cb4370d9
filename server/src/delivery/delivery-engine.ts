import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { ChannelPositions, Positions } from '../../../protocol/channels.js';
import type { Acknowledgement, ChannelsFrame } from '../../../protocol/frames.js';
import { PRIORITIES, type Priority } from '../../../protocol/notification.js';
import {
  type LogEntry,
  NotificationRepository,
  type Place,
  type Stretch,
} from '../repository/notification-repository.js';
import type { Channel } from './channel.js';
import { Channels } from './channels.js';
import type { Credit } from './connection/window.js';
import { Cursor } from './connection/cursor.js';
import { FlushQueue } from './schedule/flush-queue.js';
import { Lag } from './connection/lag.js';
import { Pages, type Waiting } from './log/pages.js';
import { gapFrame, type Placement, place, trimmedGapFrame } from './connection/placement.js';
import { type Sink, Subscription } from './connection/subscription.js';
import { textFrame } from './log/text-frame.js';
import { TURNS, type Turns } from './schedule/turns.js';
import { Unconfirmed } from './connection/unconfirmed.js';

/** A flush yields after this long, to let input in and to look at the high lanes again. */
const SLICE_MS = 2;
/** High goes on for so long: between slices a thousand acknowledgements may be read. */
const URGENT_SLICE_MS = 25;

export interface SubscribeOptions {
  channels: readonly string[];
  /** Where the client was; without, it starts at the heads. */
  positions?: Positions;
  credit: Credit;
  sink: Sink;
  /** The person who receives the entries that the connection acknowledges. */
  reader?: string;
}

export type AcknowledgedListener = (reader: string, stretch: Stretch) => void;

export interface Subscribed {
  subscription: Subscription;
  /** Epoch of the heads. */
  epoch: string;
  /** Where each lane stood at the moment of subscription. */
  heads: ChannelPositions;
  /** Whether any position was accepted. */
  resumed: boolean;
}

/**
 * Brings stored entries to connections. The log is the queue: an entry is encoded once, and a connection is a set of
 * cursors in it. What becomes pending during a turn of the event loop is written at its end, one write a connection,
 * the high lanes first. Live delivery, catching up and resuming are this one path, and a slow connection is just a
 * cursor that stays behind. It hears of entries from the repository alone, so it does not matter which request, or
 * which process, stored them.
 */
@Injectable()
export class DeliveryEngine implements OnModuleInit, OnModuleDestroy {
  readonly #channels: Channels;
  readonly #pages: Pages;
  readonly #appendedTo = new Set<Channel>();
  readonly #queue = new FlushQueue();
  readonly #acknowledgedListeners = new Set<AcknowledgedListener>();
  readonly #unconfirmed = new Unconfirmed();
  readonly #lag = new Lag();
  #isScheduled = false;
  #isWaking = false;
  #unsubscribe: () => void = () => undefined;

  constructor(
    private readonly repository: NotificationRepository,
    @Inject(TURNS) private readonly turns: Turns,
  ) {
    this.#channels = new Channels(repository);
    this.#pages = new Pages(repository, {
      arrived: (waiting, firstOffset) => this.#continueFrom(firstOffset, waiting),
      failed: (waiting, error) => {
        for (const subscription of waiting.values()) this.#fail(subscription, error);
        this.#schedule();
      },
    });
  }

  get epoch(): string {
    return this.repository.epoch;
  }

  /** Id of the entry at this place; null when no entry is stored there, or it was trimmed. */
  async idAt(channel: string, lane: Priority, offset: number): Promise<string | null> {
    const [entry] = await this.repository.read(channel, lane, offset, 1);
    return entry?.offset === offset ? entry.data.id : null;
  }

  onModuleInit(): void {
    this.#unsubscribe = this.repository.onAppended(({ entry, places }) => {
      for (const place of places) this.#append({ ...entry, ...place });
    });
  }

  onModuleDestroy(): void {
    this.#unsubscribe();
  }

  #append(entry: LogEntry): void {
    const channel = this.#channels.get(entry.channel);
    if (channel === undefined) return;
    channel.append(entry);
    this.#appendedTo.add(channel);
    this.#schedule();
  }

  /**
   * Subscribes a connection. Nothing is written to its sink before the caller's turn of the event loop is over,
   * so a greeting that is sent at once comes first.
   */
  async subscribe({ channels: names, positions, credit, sink, reader }: SubscribeOptions): Promise<Subscribed> {
    return this.#channels.whileOpen(names, async (channels) => {
      const lanes = channels.flatMap((channel) => channel.lanes);
      const placements = await Promise.all(lanes.map((lane) => place(lane, positions, this.repository)));
      const subscribed = this.#admit(channels, placements, credit, sink);
      subscribed.subscription.reader = reader;
      if (reader !== undefined) this.#tellResumed(reader, placements);
      return subscribed;
    });
  }

  /**
   * Makes these the channels of a live connection: it leaves the others, joins what is new at its head, and is told
   * by a frame `channels`. Where a head can't be read, the sink fails as it does for what was missed.
   */
  async follow(subscription: Subscription, names: readonly string[]): Promise<void> {
    const isNew = (name: string): boolean => !subscription.channels.includes(name);
    try {
      await this.#channels.whileOpen(names.filter(isNew), (channels) => {
        const left = subscription.channels.filter((name) => !names.includes(name));
        // Another change may have come first.
        this.#move(
          subscription,
          channels.filter(({ name }) => isNew(name)),
          left,
        );
      });
    } catch (error) {
      this.#fail(subscription, error);
    }
  }

  unsubscribe(subscription: Subscription): void {
    const { reader, isDetached, credit } = subscription;
    if (reader !== undefined && !isDetached) this.#unconfirmed.keep(reader, credit.inFlight);
    subscription.isDetached = true;
    for (const name of subscription.channels) this.#channels.leave(subscription, name);
  }

  /** Gives credit back. Offsets that were never sent, and channels that aren't the connection's, are ignored. */
  acknowledge(subscription: Subscription, acknowledgement: Acknowledgement): void {
    for (const channel in acknowledgement) {
      for (const lane of PRIORITIES) {
        const offset = acknowledgement[channel]?.[lane];
        if (offset !== undefined) this.#acknowledgeLane(subscription, { channel, lane, offset });
      }
    }
    // Also where nothing is to be flushed: a flush is what tells the lag from the time until a client acknowledges.
    this.#schedule();
    const now = this.turns.now();
    const terms = subscription.credit.settle({ now, lagMs: this.#lag.ms, lateMs: this.#lag.readLateMs(now) });
    if (terms !== undefined) subscription.announce(textFrame(JSON.stringify(terms)));
    this.resume(subscription);
  }

  /** Reports entries as received once a reader acknowledges them or resumes behind them. @returns a function that unsubscribes */
  onAcknowledged(listener: AcknowledgedListener): () => void {
    this.#acknowledgedListeners.add(listener);
    return () => this.#acknowledgedListeners.delete(listener);
  }

  /** The connection may have room again. */
  resume(subscription: Subscription): void {
    const urgency = subscription.pendingUrgency;
    if (urgency !== undefined) this.#enqueue(subscription, urgency);
  }

  #admit(channels: Channel[], placements: Placement[], credit: Credit, sink: Sink): Subscribed {
    const cursors = new Map(placements.map(({ lane, after }) => [lane, new Cursor(lane, (after ?? lane.head) + 1)]));
    const gaps = placements.filter(({ lost }) => lost !== undefined).map(gapFrame);
    const subscription = new Subscription([...cursors.values()], credit, sink, gaps);
    for (const channel of channels) {
      channel.add(
        subscription,
        channel.lanes.map((lane) => cursors.get(lane) as Cursor),
      );
    }
    this.#enqueue(subscription, 'high');
    const resumed = placements.some(({ after }) => after !== undefined);
    return { subscription, epoch: this.repository.epoch, heads: headsOf(channels), resumed };
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
    this.#enqueue(subscription, 'high');
  }

  #acknowledgeLane(subscription: Subscription, place: Place): void {
    const { channel, lane, offset } = place;
    const cursor = subscription.cursors.find((each) => each.lane.channel === channel && each.lane.priority === lane);
    const wasSent = cursor === undefined ? subscription.credit.hasInFlight(place) : offset < cursor.next;
    if (!wasSent) return;
    this.#tellReceived(subscription.reader, subscription.credit.acknowledge(place));
  }

  #fail(subscription: Subscription, error: unknown): void {
    this.unsubscribe(subscription);
    subscription.sink.fail(error);
  }

  #tellResumed(reader: string, placements: readonly Placement[]): void {
    const places = placements.flatMap(({ lane: { channel, priority: lane }, after }) =>
      after === undefined ? [] : [{ channel, lane, offset: after }],
    );
    this.#tellReceived(reader, this.#unconfirmed.resume(reader, places));
  }

  #tellReceived(reader: string | undefined, stretches: readonly Stretch[]): void {
    if (reader === undefined) return;
    for (const stretch of stretches) for (const listener of this.#acknowledgedListeners) listener(reader, stretch);
  }

  #enqueue(subscription: Subscription, urgency: Priority): void {
    this.#queue.add(subscription, urgency);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#lag.schedules(this.turns.now());
    this.turns.defer(() => this.#flush());
  }

  #flush(): void {
    this.#isScheduled = false;
    this.#lag.flushes(this.turns.now());
    this.#queueAppended();
    this.#serveQueued();
    this.#pages.readWanted();
  }

  #queueAppended(): void {
    const now = this.turns.now();
    for (const channel of this.#appendedTo) {
      const pauseMs = channel.pauseMs(now);
      if (pauseMs > 0) {
        this.#wakeAfter(pauseMs);
        continue;
      }
      this.#appendedTo.delete(channel);
      channel.queueInto(this.#queue, now);
    }
  }

  #wakeAfter(ms: number): void {
    if (this.#isWaking) return;
    this.#isWaking = true;
    this.turns.after(ms, () => {
      this.#isWaking = false;
      this.#schedule();
    });
  }

  #serveQueued(): void {
    let now = this.turns.now();
    const startedAt = now;
    const isIdle = this.#queue.isEmpty;
    while (!this.#queue.isEmpty) {
      const subscription = this.#queue.take();
      // While others wait for high, medium and low wait for them.
      this.#serve(subscription, now, this.#queue.hasUrgent);
      now = this.turns.now();
      if (now - startedAt <= (this.#queue.hasUrgent ? URGENT_SLICE_MS : SLICE_MS)) continue;
      // Each flush serves one, so that high cannot starve medium and low.
      if (this.#queue.hasUrgent) this.#serve(this.#queue.takeOrdinary(), now, false);
      this.#lag.pauses(now);
      this.#schedule();
      return;
    }
    if (isIdle) this.#lag.rests();
    else this.#schedule();
  }

  #serve(subscription: Subscription | undefined, now: number, isUrgentOnly: boolean): void {
    if (subscription === undefined || subscription.isDetached) return;
    const frames = subscription.take(now, isUrgentOnly);
    if (frames.length > 0) subscription.sink.write(frames);
    if (isUrgentOnly && subscription.hasOrdinary) this.#queue.add(subscription, 'medium');
    const { missing } = subscription;
    if (missing !== undefined) this.#pages.want(missing, subscription);
  }

  /** A page has arrived. Announces to each cursor what retention has dropped before its first entry. */
  #continueFrom(firstOffset: number, waiting: Waiting): void {
    for (const [cursor, subscription] of waiting) {
      // The connection may have left the channel meanwhile.
      if (!subscription.cursors.includes(cursor)) continue;
      if (cursor.next < firstOffset) {
        subscription.announce(trimmedGapFrame(cursor.lane, cursor.next, firstOffset - 1));
        cursor.next = firstOffset;
      }
      this.resume(subscription);
    }
    // For the reads that wait until this one is over.
    this.#schedule();
  }
}

function headsOf(channels: readonly Channel[]): ChannelPositions {
  const lanesOf = ({ lanes }: Channel) =>
    Object.fromEntries(lanes.map(({ priority, position }) => [priority, position]));
  return Object.fromEntries(channels.map((channel) => [channel.name, lanesOf(channel)]));
}
