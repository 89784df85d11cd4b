import { Refused } from '@vestibule/database';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CommandContext } from './command-context.ts';

/** The longest password, in UTF-16 units. */
const MAX_LENGTH = 256;

/**
 * Reads a password: the first line of standard input, or what is typed at a prompt that does not display it. Never an argument,
 * which other users of the computer can see and shells remember.
 *
 * @throws Refused if it is empty or too long
 */
export async function readPassword({
  stdin,
  stderr,
}: Pick<CommandContext, 'stdin' | 'stderr'>): Promise<string> {
  const isTerminal = stdin.isTTY === true;
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: unseen, terminal: isTerminal });
  if (isTerminal) stderr.write('Password: ');
  try {
    for await (const line of lines) return checked(line);
    return checked('');
  } finally {
    lines.close();
    if (isTerminal) stderr.write('\n');
  }
}

function checked(password: string): string {
  if (password === '') {
    throw new Refused('The password is empty. Type it, or pass it on standard input.');
  }
  if (password.length > MAX_LENGTH) {
    throw new Refused(`The password is longer than ${MAX_LENGTH} characters.`);
  }
  return password;
}
