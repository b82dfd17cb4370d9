import { REFUSAL_CODES, type RefusalCode } from '@herald/protocol';

/** Refusals that this process has sent over HTTP, also in place of a WebSocket, by code. */
export const refusalTotals = Object.fromEntries(Object.keys(REFUSAL_CODES).map((code) => [code, 0])) as Record<
  RefusalCode,
  number
>;
