const ignore = (): void => undefined;

/** A result that may never be asked for. If it is not, its failure is ignored. */
export function begun<T>(result: Promise<T>): Promise<T> {
  result.catch(ignore);
  return result;
}
