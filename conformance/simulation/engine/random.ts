/** Random choices from a seed: the same seed always results in the same choices. */
export interface Random {
  /** A whole number from 0 to `count - 1`. */
  below(count: number): number;
  /** Whether something happens that has this probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly [T, ...T[]]): T;
}

/** Creates random choices with the generator mulberry32. */
export function createRandom(...seeds: readonly number[]): Random {
  let state = 0x9e_37_79_b9;
  for (const seed of seeds) state = mix(state ^ Math.imul(seed + 1, 0x85_eb_ca_6b));

  function next(): number {
    state = (state + 0x6d_2b_79_f5) | 0;
    return (mix(state) >>> 0) / 4_294_967_296;
  }
  const below = (count: number): number => Math.floor(next() * count);
  return {
    below,
    chance: (probability) => next() < probability,
    pick: (list) => list[below(list.length)] ?? list[0],
  };
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 15), 1 | value);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return mixed ^ (mixed >>> 14);
}
