import Sequencer from '@jest/test-sequencer';

/** Tests with several servers under load, each of which keeps more than a core busy for a minute. */
const LONG =
  /\/(soak\/soak|cluster\/killed-nodes|cluster\/shared-work|chaos\/durable-server|chaos\/killed-server|model\/delivery\.model)\.spec\.ts$/;

/** Orders tests as Jest does, with the longest spread evenly among the others: two at once would slow each other. */
export default class LongestApart extends Sequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  sort(tests) {
    const inOrder = super.sort(tests);
    const isLong = ({ path }) => LONG.test(path);
    const long = inOrder.filter(isLong);
    const others = inOrder.filter((test) => !isLong(test));
    if (long.length === 0) return others;
    const between = Math.ceil(others.length / long.length);
    return long.flatMap((test, n) => [test, ...others.slice(n * between, (n + 1) * between)]);
  }
}
