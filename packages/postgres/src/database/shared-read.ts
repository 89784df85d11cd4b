/**
 * A read that all callers of the same turn of the event loop share. It begins at the end of the turn, after all of them have
 * asked, so each of them sees every change that was committed before it asked.
 */
export function sharedRead<Result>(read: (key: string) => Promise<Result>): (key: string) => Promise<Result> {
  const waiting = new Map<string, Promise<Result>>();

  async function readAtEndOfTurn(key: string): Promise<Result> {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    waiting.delete(key);
    return read(key);
  }

  return (key) => {
    const shared = waiting.get(key) ?? readAtEndOfTurn(key);
    waiting.set(key, shared);
    return shared;
  };
}
