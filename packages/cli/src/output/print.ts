import type { Surroundings } from '../context/context.ts';
import { harmlessJson } from './harmless.ts';

/** The option for programs. */
export interface JsonOption {
  readonly json?: boolean;
}

/** What a command has to tell, for programs and for people. */
export interface Telling {
  /** One JSON document. */
  readonly document: unknown;
  /** Lines of text, without the last line's end. Must be fit for a terminal. */
  readonly text: () => string;
}

/** Tells it, in the one way or in the other, on standard output. */
export function tell(
  { stdout }: Pick<Surroundings, 'stdout'>,
  { json = false }: JsonOption,
  { document, text }: Telling,
): void {
  stdout.write(`${json ? toJson(document) : text()}\n`);
}

/** A document as JSON, for people to read as well. */
export const toJson = (document: unknown): string => harmlessJson(JSON.stringify(document, null, 2));
