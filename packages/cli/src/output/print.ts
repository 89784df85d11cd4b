import type { CommandContext } from '../context/command-context.ts';
import { harmlessJson } from './harmless.ts';

/** The option for output that programs read. */
export interface JsonOption {
  readonly json?: boolean;
}

/** The result of a command, for programs and for people. */
export interface CommandResult {
  /** One JSON document. */
  readonly document: unknown;
  /** Lines of text without a trailing newline. Must be safe for a terminal. */
  readonly text: () => string;
}

/** Prints a result to standard output, as JSON or as text. */
export function printResult(
  { stdout }: Pick<CommandContext, 'stdout'>,
  { json = false }: JsonOption,
  { document, text }: CommandResult,
): void {
  stdout.write(`${json ? toJson(document) : text()}\n`);
}

/** Formats a document as indented JSON that is safe for a terminal. */
export const toJson = (document: unknown): string => harmlessJson(JSON.stringify(document, null, 2));
