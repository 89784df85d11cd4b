/** Remembers proofs that were shown. Of many at once exactly one is the `first`. */
export interface ProofReplays {
  /**
   * @param id what to remember: any text, of up to some hundred characters
   * @param goodUntil until when, in milliseconds since 1970
   * @param now likewise
   */
  note(id: string, goodUntil: number, now: number): Promise<'first' | 'repeated'>;
}

/**
 * Remembers in the memory of this process: enough for an API of one process. It is as large as proofs of good tokens come
 * in some minutes.
 */
export function createMemoryReplays(): ProofReplays {
  const seen = new Map<string, number>();
  return {
    async note(id, goodUntil, now) {
      // The oldest stand first, give or take the minutes by which proofs differ.
      for (const [oldest, until] of seen) {
        if (until > now) break;
        seen.delete(oldest);
      }
      if (seen.has(id)) return 'repeated';
      seen.set(id, goodUntil);
      return 'first';
    },
  };
}
