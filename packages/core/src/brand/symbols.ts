import { lookalikeKey } from './lookalike.ts';

/** A letter, and the digits and signs that replace it. */
const STAND_INS = `
  a4@▲△ b8 c©< e3 g69 l!|£¡ o○◯●◎◉⭕⚪⚫🔴🔵🌐🌍🌎🌏⚽ p℗ r® s5$ t7+† z2
`;

const LETTERS: ReadonlyMap<string, string> = new Map(
  STAND_INS.trim()
    .split(/\s+/)
    .flatMap((line) => {
      const [letter = '', ...signs] = Array.from(line);
      return signs.map((sign): [string, string] => [sign, letter]);
    }),
);

const LETTER = /^[a-z]$/;

/** The letter that a digit or a sign replaces, if any: `a` for `@`. */
export function letterFor(sign: string): string | undefined {
  const known = KNOWN.get(sign);
  if (known !== undefined) return known.letter;
  const key = lookalikeKey(sign);
  const letter = LETTERS.get(sign) ?? (LETTER.test(key) ? key : undefined);
  if (sign.length === 1) KNOWN.set(sign, { letter });
  return letter;
}

/** Letters of signs of the basic plane, whose number bounds it. */
const KNOWN = new Map<string, { readonly letter: string | undefined }>();
