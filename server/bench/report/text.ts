import type { PartReport } from './part-report.js';

/** A part as Markdown, for terminals too. */
export function asText({ title, method, columns, rows, targets }: PartReport): string {
  const table = [columns, ...rows];
  const widths = columns.map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  const promises = targets.map(({ what, measured, isMet }) => `- ${isMet ? 'met' : 'MISSED'}: ${what}: ${measured}`);
  return [`\n## ${title}`, '', method, '', line(columns), line(rule), ...rows.map(line), '', ...promises].join('\n');
}
