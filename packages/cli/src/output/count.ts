/** Formats a count with its noun: `1 client`, `12 clients`. */
export const count = (number: number, one: string, many: string = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
