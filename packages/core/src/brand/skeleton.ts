import { lazily } from '../lazily.ts';
import { CONFUSABLES } from './confusables.ts';

/**
 * The skeleton of a text: texts that look alike have the same one. For comparison only, never for display.
 *
 * @see {@link https://www.unicode.org/reports/tr39/#Confusable_Detection UTS #39 §4}
 */
export function skeleton(text: string): string {
  const letters = Array.from(text.normalize('NFD')).filter((letter) => !IGNORED.test(letter));
  return letters
    .map((letter) => prototypes().get(letter) ?? letter)
    .join('')
    .normalize('NFD');
}

const IGNORED = /\p{Default_Ignorable_Code_Point}/u;

/** The table of prototypes, decoded at the first use. */
const prototypes: () => ReadonlyMap<string, string> = /* @__PURE__ */ lazily(
  () =>
    new Map(
      CONFUSABLES.split('\n').flatMap((line) => {
        const [prototype = '', sources = ''] = line.split('\t');
        return Array.from(sources).map((source): [string, string] => [source, prototype]);
      }),
    ),
);
