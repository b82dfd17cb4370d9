/** More than this many low-priority notifications of a category within `FLOOD_WITHIN_MS` are a flood: one row, one toast. */
export const FLOOD_OVER = 5;
export const FLOOD_WITHIN_MS = 10_000;
