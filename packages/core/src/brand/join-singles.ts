const SINGLE = /^.\p{M}*$/su;
const FEWEST_SINGLES = 3;

/** Joins three or more single letters in a row to one word: `A c m e`, `A.C.M.E.` */
export function joinSingles(runs: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (let start = 0; start < runs.length;) {
    let end = start;
    while (end < runs.length && SINGLE.test(runs[end] ?? '')) end += 1;
    const isSpelled = end - start >= FEWEST_SINGLES;
    const next = isSpelled ? end : Math.max(end, start + 1);
    joined.push(...(isSpelled ? [runs.slice(start, end).join('')] : runs.slice(start, next)));
    start = next;
  }
  return joined;
}
