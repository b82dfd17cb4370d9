/**
 * `node --import <this file> main.ts`: measures how long one turn of the event loop keeps the thread busy, and writes the
 * longest ones to the file that TURN_TIMES names. It counts the thread's CPU time, so other programs on a busy machine
 * don't add to it.
 */
import { writeFileSync } from 'node:fs';

const TICK_MS = 5;
const KEPT = 200;
const file = process.env['TURN_TIMES'];
/** Milliseconds, and when, longest first. */
let longest = [];
let ticks = 0;
let before = process.threadCpuUsage();

const byLength = (one, other) => other.ms - one.ms;

setInterval(() => {
  const { user, system } = process.threadCpuUsage(before);
  before = process.threadCpuUsage();
  longest.push({ ms: (user + system) / 1000, at: Date.now() });
  ticks += 1;
  if (longest.length > 2 * KEPT) longest = longest.sort(byLength).slice(0, KEPT);
  if (ticks % 100 === 0 && file !== undefined) writeFileSync(file, JSON.stringify({ ticks, longest: longest.sort(byLength).slice(0, KEPT) }));
}, TICK_MS).unref();
