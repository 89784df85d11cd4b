/**
 * The number of slips between two words: an additional letter, a missing one, a replaced one, or two swapped neighbors. This
 * is the restricted distance of Damerau and Levenshtein, in which no letter is edited twice. `Infinity` if it is more than
 * `atMost`, which is detected early.
 *
 * @see {@link https://doi.org/10.1145/363958.363994 F. J. Damerau, A technique for computer detection and correction of
 * spelling errors, 1964}
 */
export function editDistance(from: string, to: string, atMost: number): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next.push(
        Math.min(
          at(last, column) + 1,
          at(next, column - 1) + 1,
          at(last, column - 1) + (isSame ? 0 : 1),
          isSwap && row > 1 && column > 1 ? at(before, column - 2) + 1 : Infinity,
        ),
      );
    }
    if (Math.min(...next) > atMost && Math.min(...last) > atMost) return Infinity;
    before = last;
    last = next;
  }
  const distance = at(last, to.length);
  return distance > atMost ? Infinity : distance;
}

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;
