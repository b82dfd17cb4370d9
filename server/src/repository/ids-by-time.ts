/** A UUID of version 7 that is smaller than all of that millisecond and later (RFC 9562, section 5.7). */
export function firstIdAt(instant: string): string {
  const hex = Math.max(0, Math.ceil(Date.parse(instant)))
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
