/** Lengths of texts as a set of bits, which is cheap to ask. Long texts share one. */
export const bitOf = (length: number): number => 1 << Math.min(length, 31);

/** Whether a set of lengths, or a set that shares a key with it, has this length. */
export const hasLength = (lengths: number | undefined, length: number): boolean =>
  ((lengths ?? 0) & bitOf(length)) !== 0;
