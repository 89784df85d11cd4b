import { editDistance } from '@vestibule/core';

/** How many characters of a word may be wrong, as a part of its length. */
const MOST_WRONG = 0.4;

/** That of the known words which was probably meant; `undefined` where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const [best] = known
    .map((one) => {
      const most = Math.floor(Math.max(word.length, one.length) * MOST_WRONG);
      return { one, distance: editDistance(lower, one.toLowerCase(), most) };
    })
    .filter(({ distance }) => distance < Infinity)
    .toSorted((left, right) => left.distance - right.distance);
  return best?.one;
}

/** What was probably meant, as a sentence to end with; nothing where no known word is near. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
};
