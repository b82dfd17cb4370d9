import Sequencer from '@jest/test-sequencer';

/** Folders with the longest tests. One that began last would run alone at the end. */
const LONG = /\/server\/test\/(soak|cluster|chaos|model|process)\//;

/** Orders tests as Jest does, but for the longest, which come first. */
export default class LongestFirst extends Sequencer {
  /** @param {import('@jest/test-result').Test[]} tests */
  sort(tests) {
    const inOrder = super.sort(tests);
    const isLong = ({ path }) => LONG.test(path);
    return [...inOrder.filter(isLong), ...inOrder.filter((test) => !isLong(test))];
  }
}
