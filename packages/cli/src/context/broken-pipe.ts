/** Makes of a stream's error a listener: where nobody reads any more it does this, and else it is thrown. */
export const unlessBrokenPipe =
  (then: () => void) =>
  (error: Error & { readonly code?: string }): void => {
    if (error.code !== 'EPIPE') throw error;
    then();
  };
