/** One client's account of one lane in one epoch. */
export class LaneAccount {
  /** Ids by offset. */
  readonly received = new Map<number, string>();
  /** Offsets that were announced as a gap. */
  readonly lost = new Set<number>();
  /** Last offset received before the client left the channel; undefined while it is a member. */
  leftAt: number | undefined;

  /**
   * @param start the client has a claim to every entry after this offset
   * @param isGapDue whether a gap must still void the client's position of another epoch
   */
  constructor(
    readonly start: number,
    public isGapDue: boolean,
  ) {}

  /** Later entries are not for the client, and a due gap is no longer due. */
  leave(offset: number): void {
    this.leftAt = offset;
    this.isGapDue = false;
  }

  /** The client joins again at `head`. Entries of its absence were not for it. */
  rejoin(head: number): void {
    for (let offset = (this.leftAt ?? head) + 1; offset <= head; offset++) this.lost.add(offset);
    this.leftAt = undefined;
  }
}
