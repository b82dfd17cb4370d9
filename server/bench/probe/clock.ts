/** Milliseconds of the machine's monotonic clock: the same in every process, unlike `performance.now()`. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** To be added to a time of this process's `performance.now()`. */
export const TO_MACHINE_MS = machineMs() - performance.now();
