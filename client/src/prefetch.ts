import { askAhead } from './app/prefetch/prefetch';

/** Runs before the program, which is still on its way: a script of its own, without Angular. */
globalThis.heraldAhead = askAhead();
