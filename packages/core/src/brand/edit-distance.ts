/**
 * The number of slips between two words: an additional letter, a missing one, a replaced one, or two swapped neighbors. This
 * is the restricted distance of Damerau and Levenshtein, in which no letter is edited twice. `Infinity` if it is more than
 * `atMost`, which is detected early.
 *
 * @see {@link https://doi.org/10.1145/363958.363994 F. J. Damerau, A technique for computer detection and correction of
 * spelling errors, 1964}
 */
export function editDistance(from: string, to: string, atMost: number): number {
  // What both begin and end with needs no slips, and then a single slip is all that is left.
  const most = Math.min(from.length, to.length);
  let head = 0;
  while (head < most && from.charCodeAt(head) === to.charCodeAt(head)) head += 1;
  let tail = 0;
  while (
    tail < most - head &&
    from.charCodeAt(from.length - 1 - tail) === to.charCodeAt(to.length - 1 - tail)
  ) {
    tail += 1;
  }
  const longest = Math.max(from.length, to.length) - head - tail;
  const slips = longest === 2 && areSwapped(from, to, head, tail) ? 1 : longest;
  if (slips <= 1) return slips <= atMost ? slips : Infinity;
  if (atMost <= 1) return Infinity;
  return distanceOf(from.slice(head, from.length - tail), to.slice(head, to.length - tail), atMost);
}

/** Whether two words differ only in that two neighbors are swapped, between what both begin and end with. */
const areSwapped = (from: string, to: string, head: number, tail: number): boolean =>
  from.length === to.length &&
  from.length - head - tail === 2 &&
  from.charCodeAt(head) === to.charCodeAt(head + 1) &&
  from.charCodeAt(head + 1) === to.charCodeAt(head);

function distanceOf(from: string, to: string, atMost: number): number {
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
