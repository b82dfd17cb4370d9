/** An instant as a field for date and time has it, where the machine is. */
export function fieldTime(instant: number): string {
  const offsetMs = new Date(instant).getTimezoneOffset() * 60_000;
  return new Date(instant - offsetMs).toISOString().slice(0, 16);
}
