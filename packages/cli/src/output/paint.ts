import { styleText } from 'node:util';
import type { Output, CommandContext } from '../context/command-context.ts';

/** The meaning of a piece of text, which determines its color. */
export type Tone = 'good' | 'bad' | 'uneasy' | 'quiet' | 'strong';

/** Colors a piece of text, or returns it unchanged. */
export type Paint = (tone: Tone, text: string) => string;

const STYLES = { good: 'green', bad: 'red', uneasy: 'yellow', quiet: 'dim', strong: 'bold' } as const;

/**
 * Creates a function that colors text if the output is a terminal and `NO_COLOR` is not set.
 *
 * @see {@link https://no-color.org}
 */
export function painter({ env }: Pick<CommandContext, 'env'>, output: Output): Paint {
  const isPlain = output.isTTY !== true || (env['NO_COLOR'] ?? '') !== '';
  return isPlain
    ? (_, text) => text
    : (tone, text) => styleText(STYLES[tone], text, { validateStream: false });
}
