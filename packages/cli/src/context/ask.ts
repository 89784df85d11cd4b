import { createInterface } from 'node:readline/promises';
import type { Surroundings } from './context.ts';

/** Asks whoever sits at the terminal; anything but a yes is a no. The question does not go to standard output. */
export async function ask({ stdin, stderr }: Surroundings, question: string): Promise<boolean> {
  const lines = createInterface({ input: stdin, terminal: false });
  stderr.write(`${question} [y/N] `);
  try {
    for await (const line of lines) return /^y(?:es)?$/i.test(line.trim());
    return false;
  } finally {
    lines.close();
  }
}
