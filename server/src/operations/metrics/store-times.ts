import { Distribution } from '../../figures/distribution.js';
import type { Store } from '../../repository/store.js';

/** Memory answers within microseconds, a commit to a disk takes milliseconds. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Method = (...args: unknown[]) => Promise<unknown>;

/**
 * Seconds that a store takes for appends, the wait for a transaction included, and for reads of the log and of inboxes.
 * The methods are wrapped from outside, so that every adapter is measured alike and none has to know.
 */
export class StoreTimes {
  readonly append = new Distribution(SECONDS);
  readonly read = new Distribution(SECONDS);

  constructor({ notifications, inboxes, scheduled }: Store) {
    measure(this.append, notifications, ['appendAll', 'retract']);
    measure(this.append, scheduled, ['send']);
    measure(this.read, notifications, ['heads', 'idsAt', 'read', 'find', 'sentBy']);
    measure(this.read, inboxes, ['page', 'find']);
  }
}

function measure<Part extends object>(seconds: Distribution, part: Part, names: readonly (keyof Part)[]): void {
  for (const name of names) {
    const method = part[name] as Method;
    const value: Method = async (...args) => {
      const startedAt = performance.now();
      try {
        return await method.apply(part, args);
      } finally {
        seconds.add((performance.now() - startedAt) / 1000);
      }
    };
    Object.defineProperty(part, name, { value, configurable: true, writable: true });
  }
}
