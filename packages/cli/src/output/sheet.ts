import { harmless } from './harmless.ts';

/** A line of a sheet: what it is about, and what is known of it. Nothing known: the line is left out. */
export type SheetLine = readonly [label: string, value: string | readonly string[] | undefined];

/** What is known of one thing, a line for each; several values stand below one another. Nothing is cut. */
export function sheet(lines: readonly SheetLine[]): string {
  const known = lines.flatMap(([label, value]) =>
    [value ?? []].flat().map((text, index) => [index === 0 ? harmless(label) : '', harmless(text)] as const),
  );
  const width = Math.max(...known.map(([label]) => label.length));
  return known.map(([label, text]) => `${label.padEnd(width)}  ${text}`).join('\n');
}
