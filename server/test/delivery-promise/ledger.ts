import {
  type ChannelPositions,
  type ChannelsFrame,
  type EntryFrame,
  type GapFrame,
  isEntryFrame,
  laneOf,
  type LanePosition,
  type Positions,
  PRIORITIES,
  type Priority,
  type ServerFrame,
  type WelcomeFrame,
} from '@herald/protocol';
import { LaneAccount } from './lane-account.js';

type Welcome = Pick<WelcomeFrame['data'], 'epoch' | 'heads' | 'resumed'>;

/**
 * Checks the frames of one client against the delivery promise (G1) as they arrive. In each channel and lane,
 * offsets rise by one unless a gap says otherwise; nothing is repeated; a new epoch is announced in every lane in which
 * the client had a position; a channel brings nothing after the client has left it; `live` comes once per connection,
 * when the heads of the welcome are reached. Each method throws on a frame that breaks this. `Published` finds entries
 * that never arrived.
 */
export class Ledger {
  isLive = false;
  #positions: Positions | undefined;
  #heads: Welcome['heads'] = {};
  /** By epoch, channel and lane. */
  readonly #accounts = new Map<string, LaneAccount>();

  constructor(readonly name: string) {}

  /** Positions for the next hello; undefined before the first welcome. */
  get positions(): Positions | undefined {
    return this.#positions;
  }

  offsetIn(channel: string, lane: Priority): number {
    return this.#positions?.channels[channel]?.[lane]?.[0] ?? 0;
  }

  account(epoch: string, channel: string, lane: Priority): LaneAccount | undefined {
    return this.#accounts.get(`${epoch} ${channel} ${lane}`);
  }

  welcome({ epoch, heads, resumed }: Welcome): void {
    const before = this.#positions;
    const isSameEpoch = before?.epoch === epoch;
    if (before !== undefined && resumed !== isSameEpoch) this.#refuse(`resumed is ${resumed}`);
    this.isLive = false;
    this.#heads = { ...heads };
    this.#positions = { epoch, channels: isSameEpoch ? { ...before.channels } : {} };
    for (const channel of Object.keys(this.#positions.channels)) if (!(channel in heads)) this.#leave(channel);
    for (const channel of Object.keys(heads)) {
      for (const lane of PRIORITIES) this.#begin(channel, lane, before?.channels[channel]?.[lane] !== undefined);
    }
  }

  take(frame: ServerFrame): void {
    if (frame.event === 'welcome') this.welcome(frame.data);
    else if (isEntryFrame(frame)) this.#receive(frame.data);
    else if (frame.event === 'gap') this.#lose(frame.data);
    else if (frame.event === 'channels') this.#follow(frame.data);
    else if (frame.event === 'live') this.#goLive();
    else if (frame.event === 'error') this.#refuse(`was told ${frame.data.code}: ${frame.data.message}`);
  }

  #begin(channel: string, lane: Priority, wasKnown: boolean): void {
    const { epoch, channels } = this.#known();
    if (channels[channel]?.[lane] !== undefined) {
      // The connection broke before the gap. The client resumes this epoch from its start, so no gap is due.
      this.#opened(channel, lane).isGapDue = false;
      return;
    }
    const head = this.#heads[channel]?.[lane] ?? [0, null];
    // A client has no claim to entries before its first visit; for those it had a claim to, a gap is due.
    if (!wasKnown) {
      this.#join(channel, lane, head);
      return;
    }
    this.#accounts.set(`${epoch} ${channel} ${lane}`, new LaneAccount(0, true));
    this.#moveTo(channel, lane, 0, null);
  }

  #follow({ joined, left }: ChannelsFrame['data']): void {
    for (const channel of left) {
      if (!this.#isIn(channel)) this.#refuse(`has left ${channel}, which it was not in`);
      this.#leave(channel);
    }
    for (const [channel, lanes] of Object.entries(joined)) {
      if (this.#isIn(channel)) this.#refuse(`has joined ${channel}, which it was in`);
      for (const lane of PRIORITIES) this.#join(channel, lane, lanes[lane] ?? [0, null]);
    }
  }

  #isIn(channel: string): boolean {
    return this.#known().channels[channel] !== undefined;
  }

  #join(channel: string, lane: Priority, [head, id]: LanePosition): void {
    const key = `${this.#known().epoch} ${channel} ${lane}`;
    const known = this.#accounts.get(key);
    if (known === undefined) this.#accounts.set(key, new LaneAccount(head, false));
    else known.rejoin(head);
    this.#moveTo(channel, lane, head, id);
  }

  #leave(channel: string): void {
    const { epoch, channels } = this.#known();
    for (const lane of PRIORITIES) this.account(epoch, channel, lane)?.leave(this.offsetIn(channel, lane));
    this.#positions = { epoch, channels: without(channel, channels) };
    this.#heads = without(channel, this.#heads);
  }

  #receive(data: EntryFrame['data']): void {
    const { channel, offset, id } = data;
    const lane = laneOf(data);
    const last = this.offsetIn(channel, lane);
    const account = this.#opened(channel, lane);
    if (account.isGapDue) this.#refuse(`${channel} ${lane} ${offset} came before the gap that was due`);
    if (offset !== last + 1) this.#refuse(`${channel} ${lane} went from ${last} to ${offset}`);
    account.received.set(offset, id);
    this.#moveTo(channel, lane, offset, id);
  }

  #lose({ channel, lane, from, to, id, reason }: GapFrame['data']): void {
    const account = this.#opened(channel, lane);
    const last = this.offsetIn(channel, lane);
    const said = `${channel} ${lane} has a gap (${reason}) from ${from} to ${to}`;
    if ((reason === 'epoch') !== account.isGapDue) this.#refuse(`${said}, due: ${account.isGapDue}`);
    if (reason === 'epoch' && (from !== 1 || to !== this.#heads[channel]?.[lane]?.[0]))
      this.#refuse(`${said}, not to the head`);
    if (reason === 'trimmed' && (from !== last + 1 || to < from)) this.#refuse(`${said} after ${last}`);
    if (reason === 'truncated') this.#refuse(`${said}, though its position was true`);
    account.isGapDue = false;
    for (let offset = from; offset <= to; offset++) account.lost.add(offset);
    this.#moveTo(channel, lane, to, id);
  }

  #goLive(): void {
    if (this.isLive) this.#refuse('was told twice that it is live');
    for (const [channel, lanes] of Object.entries(this.#heads)) {
      for (const lane of PRIORITIES) {
        const head = lanes[lane]?.[0] ?? 0;
        const isBehind = this.#opened(channel, lane).isGapDue || this.offsetIn(channel, lane) < head;
        if (isBehind) this.#refuse(`is live in ${channel} ${lane} at ${this.offsetIn(channel, lane)} of ${head}`);
      }
    }
    this.isLive = true;
  }

  #opened(channel: string, lane: Priority): LaneAccount {
    const account = this.account(this.#known().epoch, channel, lane);
    if (account?.leftAt !== undefined) this.#refuse(`${channel} ${lane} was left at ${account.leftAt}`);
    return account ?? this.#refuse(`${channel} ${lane} is not in the welcome`);
  }

  #moveTo(channel: string, lane: Priority, offset: number, id: string | null): void {
    const { channels } = this.#known();
    channels[channel] = { ...channels[channel], [lane]: [offset, id] };
  }

  #known(): Positions {
    return this.#positions ?? this.#refuse('a frame before the welcome');
  }

  #refuse(what: string): never {
    throw new Error(`${this.name}: ${what}`);
  }
}

function without(channel: string, positions: ChannelPositions): ChannelPositions {
  return Object.fromEntries(Object.entries(positions).filter(([name]) => name !== channel));
}
