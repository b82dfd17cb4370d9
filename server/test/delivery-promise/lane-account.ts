/** One client's account of one lane, in one epoch. */
export class LaneAccount {
  /** Ids by offset. */
  readonly received = new Map<number, string>();
  /** Offsets that were announced as a gap. */
  readonly lost = new Set<number>();

  /**
   * @param start offset after which the client has a claim to every entry
   * @param isGapDue the client had a position of another epoch, and has not been told yet that it is void
   */
  constructor(
    readonly start: number,
    public isGapDue: boolean,
  ) {}
}
