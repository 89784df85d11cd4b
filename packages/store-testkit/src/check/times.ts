/** The given number of items, made from their numbers: 0, 1, 2, … */
export const times = <T>(count: number, make: (number: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, number) => make(number));
