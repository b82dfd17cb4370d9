/** One client's account of one lane, in one epoch. */
export class LaneAccount {
  /** Ids by offset. */
  readonly received = new Map<number, string>();
  /** Offsets that were announced as a gap. */
  readonly lost = new Set<number>();
  /** The last offset the client had when it left the channel; undefined while it is in it. */
  leftAt: number | undefined;

  /**
   * @param start offset after which the client has a claim to every entry
   * @param isGapDue the client had a position of another epoch, and has not been told yet that it is void
   */
  constructor(
    readonly start: number,
    public isGapDue: boolean,
  ) {}

  /** What comes from here on is not for the client; a gap that was due is due no more. */
  leave(offset: number): void {
    this.leftAt = offset;
    this.isGapDue = false;
  }

  /** The client is back, behind `head`; what it missed while it was away was not for it. */
  rejoin(head: number): void {
    for (let offset = (this.leftAt ?? head) + 1; offset <= head; offset++) this.lost.add(offset);
    this.leftAt = undefined;
  }
}
