import { editDistance } from '../brand/edit-distance.ts';

/** The largest edit distance of a suggestion, as a fraction of the length of the word. */
const MOST_WRONG = 0.4;

/** The known word with the smallest edit distance; `undefined` if none is near. */
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

/** A sentence that suggests the nearest known word, to append to a message; empty if none is near. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
};
