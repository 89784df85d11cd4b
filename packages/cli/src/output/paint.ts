import { styleText } from 'node:util';
import type { Screen, Surroundings } from '../context/context.ts';

/** What a piece of text is to people. */
export type Tone = 'good' | 'bad' | 'uneasy' | 'quiet' | 'strong';

/** Colours a piece of text, or leaves it. */
export type Paint = (tone: Tone, text: string) => string;

const STYLES = { good: 'green', bad: 'red', uneasy: 'yellow', quiet: 'dim', strong: 'bold' } as const;

/**
 * Colours, where somebody is looking and did not ask for none.
 *
 * @see {@link https://no-color.org}
 */
export function painter({ env }: Pick<Surroundings, 'env'>, screen: Screen): Paint {
  const isPlain = screen.isTTY !== true || (env['NO_COLOR'] ?? '') !== '';
  return isPlain
    ? (_, text) => text
    : (tone, text) => styleText(STYLES[tone], text, { validateStream: false });
}
