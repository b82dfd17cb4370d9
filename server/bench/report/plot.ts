import { figure } from './numbers.js';
import type { Chart } from './part-report.js';

const WIDTH = 760;
const MARGIN = 24;
const LABEL_WIDTH = 96;
const VALUE_WIDTH = 90;
const BAR_HEIGHT = 18;
const BAR_STEP = 26;
const TITLE_HEIGHT = 40;
const CHART_GAP = 16;
const FOOTER_HEIGHT = 36;
/** The system that has its own colour and the place at the top. */
const OURS = 'Herald';

/** Brings its own background for light and for dark pages. */
const STYLE = `
  svg { font: 13px system-ui, sans-serif; }
  .page { fill: #ffffff; } text { fill: #1f2328; } .quiet { fill: #59636e; }
  .bar { fill: #8c959f; } .ours { fill: #0969da; }
  @media (prefers-color-scheme: dark) {
    .page { fill: #0d1117; } text { fill: #f0f6fc; } .quiet { fill: #9198a1; }
    .bar { fill: #656c76; } .ours { fill: #4493f8; }
  }`;

/** Bar charts, one below the other, as an SVG. @param footer date and machine of the run */
export function plot(charts: readonly Chart[], footer: string): string {
  let top = MARGIN;
  const drawn = charts.map((chart) => {
    const at = top;
    top += chartHeight(chart) + CHART_GAP;
    return drawChart(chart, at);
  });
  const height = top + FOOTER_HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(summary(charts))}">`,
    `<style>${STYLE}\n</style>`,
    `<rect class="page" width="${WIDTH}" height="${height}" rx="8"/>`,
    ...drawn,
    `<text class="quiet" x="${MARGIN}" y="${height - MARGIN}">${escape(footer)}</text>`,
    '</svg>\n',
  ].join('\n');
}

function chartHeight({ bars }: Chart): number {
  return TITLE_HEIGHT + bars.length * BAR_STEP;
}

function drawChart({ title, unit, bars }: Chart, top: number): string {
  const largest = Math.max(...bars.map(({ value }) => value));
  const room = WIDTH - 2 * MARGIN - LABEL_WIDTH - VALUE_WIDTH;
  const left = MARGIN + LABEL_WIDTH;
  const lines = bars.map(({ label, value }, i) => {
    const y = top + TITLE_HEIGHT - 14 + i * BAR_STEP;
    const width = Math.max(1, (value / largest) * room);
    const kind = label === OURS ? 'bar ours' : 'bar';
    return [
      `<text x="${left - 8}" y="${y + 14}" text-anchor="end">${escape(label)}</text>`,
      `<rect class="${kind}" x="${left}" y="${y}" width="${width.toFixed(1)}" height="${BAR_HEIGHT}" rx="2"/>`,
      `<text x="${(left + width + 8).toFixed(1)}" y="${y + 14}">${figure(value)} ${escape(unit)}</text>`,
    ].join('');
  });
  return [`<text x="${MARGIN}" y="${top + 12}" font-weight="600">${escape(title)}</text>`, ...lines].join('\n');
}

/** Text alternative of the charts. */
function summary(charts: readonly Chart[]): string {
  return charts
    .map(
      ({ title, unit, bars }) =>
        `${title}: ${bars.map(({ label, value }) => `${label} ${figure(value)} ${unit}`).join(', ')}`,
    )
    .join('. ');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
