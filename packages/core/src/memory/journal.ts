/** Maps in memory whose changes can be undone together. */
export interface Journal {
  /** Creates a map that takes part. */
  map<Value>(): Map<string, Value>;
  /**
   * Runs work that waits for nothing. If it returns a reason or throws, all its changes of the maps are undone.
   *
   * @returns the reason, or `undefined` if the changes stay
   */
  attempt<Reason extends object>(work: () => Reason | undefined): Reason | undefined;
}

/** Creates a journal without maps. */
export function createJournal(): Journal {
  let undo: (() => void)[] | undefined;

  class JournaledMap<Value> extends Map<string, Value> {
    override set(key: string, value: Value): this {
      this.#note(key);
      return super.set(key, value);
    }

    override delete(key: string): boolean {
      this.#note(key);
      return super.delete(key);
    }

    #note(key: string): void {
      if (undo === undefined) return;
      const before = super.get(key);
      undo.push(before === undefined ? () => super.delete(key) : () => super.set(key, before));
    }
  }

  return {
    map: () => new JournaledMap(),
    attempt(work) {
      const steps: (() => void)[] = [];
      undo = steps;
      let isKept = false;
      try {
        const reason = work();
        isKept = reason === undefined;
        return reason;
      } finally {
        undo = undefined;
        if (!isKept) for (const step of steps.toReversed()) step();
      }
    },
  };
}
