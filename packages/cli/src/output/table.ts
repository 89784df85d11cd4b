import Table from 'cli-table3';
import { fit } from './fit.ts';
import { harmless } from './harmless.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** What stands in it. Text of strangers may be handed in as it is. */
  readonly cell: (row: Row) => string;
  /** How narrow it may be made. Absent: what stands in it is never cut. */
  readonly atLeast?: number;
  /** Where there is no room for all columns, that with the highest number goes first. Absent: it stays. */
  readonly spare?: number;
  /** Colours what stands in it. */
  readonly paint?: (text: string, row: Row) => string;
}

export interface TableOptions<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** How wide it may be at most. Absent: as wide as it likes. */
  readonly width?: number | undefined;
}

/** Titles and rows in columns, each line without an end; and a line more that names the columns there was no room for. */
export function table<Row>({ columns: all, rows, width }: TableOptions<Row>): string {
  const { columns, widths } = fit(
    all,
    all.map((column) => naturalWidth(column, rows)),
    width,
  );
  const lines = draw(columns, rows, widths);
  const leftOut = all.filter((column) => !columns.includes(column)).map(({ title }) => title);
  return leftOut.length === 0
    ? lines
    : `${lines}\n\nNo room for: ${leftOut.join(', ')}. A wider terminal has it, and so has --json.`;
}

const naturalWidth = <Row>({ title, cell }: Column<Row>, rows: readonly Row[]): number =>
  rows.reduce((widest, row) => Math.max(widest, widthOf(harmless(cell(row)))), title.length);

/** How many places of a terminal a text takes, as the library counts them. */
function widthOf(text: string): number {
  if (/^[\x20-\x7E]*$/.test(text)) return text.length;
  const measured = pieceOf([[text]], []);
  measured.toString();
  return measured.options.colWidths[0] ?? 0;
}

function draw<Row>(columns: readonly Column<Row>[], rows: readonly Row[], widths: readonly number[]): string {
  const titles = columns.map(({ title }) => title);
  const lines = [titles, ...rows.map((row) => columns.map((column) => content(column, row)))];
  return Array.from({ length: Math.ceil(lines.length / PIECE) }, (_, index) =>
    pieceOf(lines.slice(index * PIECE, (index + 1) * PIECE), widths).toString(),
  )
    .flatMap((piece) => piece.split('\n'))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Laying a table out takes time that grows with the square of its length, so a long one is laid out in pieces. */
const PIECE = 50;

function content<Row>({ cell, paint }: Column<Row>, row: Row): string {
  const text = harmless(cell(row));
  return paint === undefined ? text : paint(text, row);
}

const EDGES = ['top', 'bottom', 'left', 'right'] as const;

/** Two spaces between columns, and no lines. */
const CHARS = Object.fromEntries([
  ...EDGES.flatMap((edge) => ['', '-mid', '-left', '-right'].map((corner) => [`${edge}${corner}`, ''])),
  ['mid', ''],
  ['mid-mid', ''],
  ['middle', '  '],
]);

function pieceOf(
  lines: readonly (readonly string[])[],
  widths: readonly number[],
): InstanceType<typeof Table> {
  const piece = new Table({
    chars: CHARS,
    colWidths: [...widths],
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  piece.push(...lines.map((line) => [...line]));
  return piece;
}
