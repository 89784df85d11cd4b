import { createInterface } from 'node:readline/promises';
import type { CommandContext } from './command-context.ts';

/** Asks for confirmation on the terminal; any answer but yes is a no. The question is written to standard error. */
export async function ask({ stdin, stderr }: CommandContext, question: string): Promise<boolean> {
  const lines = createInterface({ input: stdin, terminal: false });
  stderr.write(`${question} [y/N] `);
  try {
    for await (const line of lines) return /^y(?:es)?$/i.test(line.trim());
    return false;
  } finally {
    lines.close();
  }
}
