import Table from 'cli-table3';
import { fit } from './fit.ts';
import { harmless } from './harmless.ts';

/** A column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** The text of a cell. Untrusted text may be returned as it is. */
  readonly cell: (row: Row) => string;
  /** The smallest width to which the column may be cut. Absent: it is never cut. */
  readonly atLeast?: number;
  /** If not all columns fit, the one with the highest number is dropped first. Absent: it is never dropped. */
  readonly spare?: number;
  /** Colors the text of a cell. */
  readonly paint?: (text: string, row: Row) => string;
}

export interface TableOptions<Row> {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** The maximum width. Absent: unlimited. */
  readonly width?: number | undefined;
}

/** Formats titles and rows in columns, without a trailing newline. A last line names columns that did not fit. */
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
    : `${lines}\n\nColumns that did not fit: ${leftOut.join(', ')}. Use a wider terminal or --json.`;
}

const naturalWidth = <Row>({ title, cell }: Column<Row>, rows: readonly Row[]): number =>
  rows.reduce((widest, row) => Math.max(widest, widthOf(harmless(cell(row)))), title.length);

/** The number of terminal columns that a text occupies, as the table library counts them. */
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

/** The layout takes quadratic time in the number of rows, so that a long table is laid out in pieces. */
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
