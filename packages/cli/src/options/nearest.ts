/** How many characters of a word may be wrong, as a part of its length. */
const MOST_WRONG = 0.4;

/** That of the known words which was probably meant; `undefined` where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const [best] = known
    .map((one) => ({ one, distance: distanceBetween(lower, one.toLowerCase()) }))
    .filter(({ one, distance }) => distance <= Math.max(word.length, one.length) * MOST_WRONG)
    .toSorted((left, right) => left.distance - right.distance);
  return best?.one;
}

/** What was probably meant, as a sentence to end with; nothing where no known word is near. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const meant = nearest(word, known);
  return meant === undefined ? '' : ` Did you mean ${meant}?`;
};

/** How many characters have to be put in, taken out, replaced, or swapped with their neighbor (optimal string alignment). */
function distanceBetween(left: string, right: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      next.push(
        Math.min(
          (next[column - 1] ?? 0) + 1,
          (last[column] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isSwapped ? (before[column - 2] ?? Infinity) + 1 : Infinity,
        ),
      );
    }
    before = last;
    last = next;
  }
  return last[right.length] ?? 0;
}
