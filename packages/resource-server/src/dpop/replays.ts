/** Stores the ids of used proofs. Of concurrent calls with one id, exactly one returns `first`. */
export interface ProofReplays {
  /**
   * @param id any text of up to some hundred characters
   * @param goodUntil when the id can be deleted, in milliseconds since 1970
   * @param now in milliseconds since 1970
   */
  note(id: string, goodUntil: number, now: number): Promise<'first' | 'repeated'>;
}

/**
 * Stores the ids in memory, which is enough for an API with one process. Its size is the number of proofs with valid tokens
 * in a few minutes.
 */
export function createMemoryReplays(): ProofReplays {
  const seen = new Map<string, number>();
  return {
    async note(id, goodUntil, now) {
      // Ids are in the order of their arrival, which differs from the order of expiry by a few minutes at most.
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
