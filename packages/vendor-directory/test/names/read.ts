import { readFileSync } from 'node:fs';

/** A name that imitates a vendor, and how. */
export interface Impostor {
  readonly kind: string;
  readonly vendor: string;
  readonly name: string;
}

/** A name that imitates no vendor, and its language. */
export interface Honest {
  readonly script: string;
  readonly name: string;
}

/** One name per line, with columns separated by tabs. Invisible characters are written as `\u{202E}`. */
export const readImpostors = (file: string): readonly Impostor[] =>
  rows(file).map(([kind = '', vendor = '', name = '']) => ({ kind, vendor, name: visible(name) }));

export const readHonest = (file: string): readonly Honest[] =>
  rows(file).map(([script = '', name = '']) => ({ script, name }));

const rows = (file: string): readonly (readonly string[])[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

const visible = (text: string): string =>
  text.replace(/\\u\{([0-9A-F]+)\}/g, (_, point: string) => String.fromCodePoint(Number.parseInt(point, 16)));
