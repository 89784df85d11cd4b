import type { Results } from '../run/results.ts';
import { REFERENCE } from '../targets/ceilings.ts';
import { fitCoreSpeed } from './core-speed.ts';
import { figure } from './markdown.ts';
import { ratiosToReference, type Spread, spreadOf } from './ratios.ts';

/** One line of a panel. */
interface Row {
  readonly name: string;
  readonly spread: Spread;
}

/** One operation. */
export interface Panel {
  readonly title: string;
  readonly rows: readonly Row[];
}

const WIDTH = 720;
const LABELS = 150;
const FIGURES = 60;
const ROW = 20;
const TITLE = 34;
const AXIS = 28;

/** The panels of a run: each operation at the largest number of connections, from the fastest target to the slowest. */
export function panelsOf(results: Results): readonly Panel[] {
  const speed = fitCoreSpeed(results);
  const connections = Math.max(...results.slices.map((slice) => slice.connections));
  const operations = [...new Set(results.slices.map(({ operation }) => operation))];
  return operations.map((operation) => ({
    title: operation,
    rows: results.targets
      .filter(({ name }) => name !== REFERENCE)
      .flatMap(({ name }) => {
        const kind = { target: name, operation, connections };
        const spread = spreadOf(ratiosToReference(results.slices, kind, speed));
        return spread === undefined ? [] : [{ name, spread }];
      })
      .toSorted((a, b) => b.spread.median - a.spread.median),
  }));
}

/**
 * Draws ratios to the reference as points with the middle half of their slices, on a logarithmic axis: the slowest and the
 * fastest server differ by a factor of a thousand.
 */
export function drawChart(panels: readonly Panel[]): string {
  const shown = panels.filter(({ rows }) => rows.length > 0);
  const values = shown.flatMap(({ rows }) => rows.flatMap(({ spread }) => [spread.low, spread.high]));
  const least = Math.floor(Math.log10(Math.min(1, ...values.filter((value) => value > 0))));
  const most = Math.ceil(Math.log10(Math.max(1, ...values)));
  const scale = (value: number): number =>
    LABELS +
    ((Math.log10(Math.max(value, 10 ** least)) - least) / Math.max(1, most - least)) *
      (WIDTH - LABELS - FIGURES);
  let top = 0;
  const parts = shown.map((panel) => {
    const at = top;
    top += TITLE + panel.rows.length * ROW;
    return drawPanel(panel, at, scale);
  });
  const ticks = Array.from({ length: most - least + 1 }, (_, index) => 10 ** (least + index));
  const grid = ticks.map((tick) => drawTick(tick, scale(tick), top));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${top + AXIS}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>Share of ${REFERENCE} in the same run, more is better</title>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...grid,
    ...parts,
    '</svg>\n',
  ].join('\n');
}

function drawPanel({ title, rows }: Panel, top: number, scale: (value: number) => number): string {
  const lines = rows.map(({ name, spread }, index) => {
    const y = top + TITLE + index * ROW - ROW / 4;
    const color = name.startsWith('vestibule') ? '#1f5f5b' : name.startsWith('bare') ? '#888' : '#c98a00';
    return [
      text(LABELS - 8, y + 4, name, 'end', color),
      `<line x1="${fixed(scale(spread.low))}" x2="${fixed(scale(spread.high))}" y1="${y}" y2="${y}" stroke="${color}" stroke-width="3"/>`,
      `<circle cx="${fixed(scale(spread.median))}" cy="${y}" r="4" fill="${color}"/>`,
      text(WIDTH - 8, y + 4, figure(spread.median), 'end', color),
    ].join('');
  });
  return [text(8, top + TITLE / 2, title, 'start', '#000', 'bold'), ...lines].join('\n');
}

const drawTick = (tick: number, x: number, bottom: number): string =>
  `<line x1="${fixed(x)}" x2="${fixed(x)}" y1="0" y2="${bottom}" stroke="${tick === 1 ? '#999' : '#e4e0d8'}"/>` +
  text(x, bottom + AXIS / 2, String(tick), 'middle', '#555');

const text = (
  x: number,
  y: number,
  content: string,
  anchor: string,
  color: string,
  weight = 'normal',
): string =>
  `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}" fill="${color}" font-weight="${weight}">${escape(content)}</text>`;

const fixed = (value: number): string => String(Math.round(value * 10) / 10);

const escape = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
