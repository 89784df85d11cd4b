import { harmless } from './harmless.ts';

/** A line of a sheet: a label and its values. A line without a value is left out. */
export type SheetLine = readonly [label: string, value: string | readonly string[] | undefined];

/** Formats the details of one thing, one per line; several values are listed below each other. Nothing is cut. */
export function sheet(lines: readonly SheetLine[]): string {
  const known = lines.flatMap(([label, value]) =>
    [value ?? []].flat().map((text, index) => [index === 0 ? harmless(label) : '', harmless(text)] as const),
  );
  const width = Math.max(...known.map(([label]) => label.length));
  return known.map(([label, text]) => `${label.padEnd(width)}  ${text}`).join('\n');
}
