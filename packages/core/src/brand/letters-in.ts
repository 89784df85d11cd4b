/** The set of letters of a word as a bit mask, which is cheap to compare. */
export function lettersIn(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index += 1) bits |= 1 << (word.charCodeAt(index) & 31);
  return bits;
}

/** Whether two words differ in more letters than so many slips can explain: two for each slip. */
export function differsBeyond(one: number, other: number, slips: number): boolean {
  let left = 2 * slips;
  for (let bits = one ^ other; bits !== 0; bits &= bits - 1) left -= 1;
  return left < 0;
}
