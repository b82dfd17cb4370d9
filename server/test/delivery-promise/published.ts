import { PRIORITIES, type Priority } from '@herald/protocol';
import type { LaneAccount } from './lane-account.js';
import type { Ledger } from './ledger.js';

/** Stored entries in the order of their offsets, to compare with a `Ledger`. */
export class Published {
  /** Ids by epoch, channel and lane; the first has offset 1. */
  readonly #lanes = new Map<string, string[]>();

  add(epoch: string, channel: string, lane: Priority, id: string): void {
    const key = `${epoch} ${channel} ${lane}`;
    const ids = this.#lanes.get(key);
    if (ids === undefined) this.#lanes.set(key, [id]);
    else ids.push(id);
  }

  count(epoch: string, channel: string, lane: Priority): number {
    return this.#ids(epoch, channel, lane).length;
  }

  /** Whether the ledger has reached the end of these channels. */
  isReachedBy(ledger: Ledger, epoch: string, channels: readonly string[]): boolean {
    const isReached = (channel: string, lane: Priority): boolean =>
      ledger.offsetIn(channel, lane) >= this.count(epoch, channel, lane);
    const isEpoch = ledger.positions?.epoch === epoch;
    return isEpoch && channels.every((channel) => PRIORITIES.every((lane) => isReached(channel, lane)));
  }

  /** @throws Error unless received ∪ gaps = published, disjoint and with the right ids, in each of these lanes */
  check(ledger: Ledger, epoch: string, channels: readonly string[]): void {
    for (const channel of channels) {
      for (const lane of PRIORITIES) this.#check(ledger, epoch, channel, lane);
    }
  }

  /** Ids of a lane that the client has a claim to, and that were neither delivered nor announced as lost. */
  owedTo(ledger: Ledger, epoch: string, channel: string, lane: Priority): string[] {
    const account = ledger.account(epoch, channel, lane);
    const isOwed = (offset: number): boolean =>
      account !== undefined &&
      offset > account.start &&
      offset <= (account.leftAt ?? Infinity) &&
      !account.received.has(offset) &&
      !account.lost.has(offset);
    return this.#ids(epoch, channel, lane).filter((_, i) => isOwed(i + 1));
  }

  #check(ledger: Ledger, epoch: string, channel: string, lane: Priority): void {
    const where = `${ledger.name}: ${channel} ${lane}`;
    const account = ledger.account(epoch, channel, lane);
    if (account === undefined) throw new Error(`${where} was never welcomed`);
    const ids = this.#ids(epoch, channel, lane);
    const [owed] = this.owedTo(ledger, epoch, channel, lane);
    if (owed !== undefined) throw new Error(`${where} ${ids.indexOf(owed) + 1} was lost in silence`);
    this.#checkToldOnce(where, account);
    this.#checkIds(where, account, ids);
  }

  #checkToldOnce(where: string, { received, lost }: LaneAccount): void {
    for (const offset of received.keys()) {
      if (lost.has(offset)) throw new Error(`${where} ${offset} was both received and announced as lost`);
    }
  }

  #checkIds(where: string, { received, lost }: LaneAccount, ids: string[]): void {
    for (const [offset, id] of received) {
      if (ids[offset - 1] !== id) throw new Error(`${where} ${offset} is ${id}, but ${ids[offset - 1]} was published`);
    }
    const last = Math.max(0, ...lost);
    if (last > ids.length) throw new Error(`${where} ${last} was announced as lost, but never published`);
  }

  #ids(epoch: string, channel: string, lane: Priority): string[] {
    return this.#lanes.get(`${epoch} ${channel} ${lane}`) ?? [];
  }
}
