import { Distribution } from '../figures/distribution.js';

/** Entries that are committed together: few when it is quiet, hundreds under load. */
const ENTRIES = [1, 2, 5, 10, 20, 50, 100, 200, 500];

/** Figures of a store that commits appends in groups, since it was made. */
export class AppendTotals {
  /** Number of entries in each commit. */
  readonly committed = new Distribution(ENTRIES);
  /** Appends that wait for a transaction. */
  waiting = 0;
}
