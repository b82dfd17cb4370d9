import { linkHost, saysHost } from './link-host';

/** A value in the data of a notification. */
export interface DataRow {
  /** Names that lead to the value, with dots between them; items of a list count from 0: `alerts.0.status`. */
  readonly name: string;
  readonly value: string;
  /** The value is an address that the page may link to, and shows the host that a click leads to. */
  readonly isLink: boolean;
}

/** Rows of a table of data, in its order: one for each text, number, switch, null, and empty object or list. */
export function dataRows(data: Readonly<Record<string, unknown>>): DataRow[] {
  return Object.entries(data).flatMap(([name, value]) => rowsAt(name, value));
}

function rowsAt(name: string, value: unknown): DataRow[] {
  if (typeof value === 'object' && value !== null) {
    const parts = Object.entries(value);
    if (parts.length > 0) return parts.flatMap(([part, inner]) => rowsAt(`${name}.${part}`, inner));
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const host = linkHost(text);
  return [{ name, value: text, isLink: host !== null && saysHost(text, host) }];
}
