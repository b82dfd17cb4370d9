import type { CopyProgress, StoreCopy } from './repository/copy/copy-store.js';

/** A terminal, or a file or pipe that takes its place. */
interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const BAR_WIDTH = 24;
/** As long as the longest name of a table. */
const NAME_WIDTH = 18;
const COUNT_WIDTH = 14;
const ERASE_LINE = '\r\x1b[K';

const written = (count: number): string => count.toLocaleString('en');

/** Shows how far a copy is: on a terminal as a bar of the present table, elsewhere as a line for each copied table. */
export class CopyOutput {
  constructor(private readonly output: Output) {}

  readonly show = ({ table, copied, total }: CopyProgress): void => {
    if (this.output.isTTY === true) this.output.write(ERASE_LINE + barOf(table, copied, total));
    else if (copied === total) this.output.write(`Copied ${table}: ${written(copied)} rows\n`);
  };

  /** Makes room for the text that follows. */
  end(): void {
    if (this.output.isTTY === true) this.output.write(ERASE_LINE);
  }
}

function barOf(table: string, copied: number, total: number): string {
  const filled = total === 0 ? BAR_WIDTH : Math.floor((BAR_WIDTH * copied) / total);
  const bar = '█'.repeat(filled).padEnd(BAR_WIDTH, '░');
  return `${table.padEnd(NAME_WIDTH)} ${bar} ${written(copied)} of ${written(total)} rows`;
}

/** Compares the rows of both stores, a line for each table. */
export function countsOf({ from, to, tables }: StoreCopy): string {
  const line = (table: string, ...counts: string[]): string =>
    table.padEnd(NAME_WIDTH) + counts.map((count) => count.padStart(COUNT_WIDTH)).join('');
  return [
    line('table', 'rows in FROM', 'rows in TO'),
    ...tables.map(({ table, from, to }) => line(table, written(from), written(to))),
    `Copied ${from} to ${to}; every table has the same number of rows in both`,
  ].join('\n');
}
