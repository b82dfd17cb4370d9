/** Milliseconds of the machine's monotonic clock. Unlike `performance.now()`, it is the same in every process. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Converts a time of this process's `performance.now()` to the machine's clock by addition. */
export const TO_MACHINE_MS = machineMs() - performance.now();
