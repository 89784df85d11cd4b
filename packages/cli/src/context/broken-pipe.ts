/** A listener for a stream's errors: calls `then` if the reader has closed the pipe, and throws any other error. */
export const unlessBrokenPipe =
  (then: () => void) =>
  (error: Error & { readonly code?: string }): void => {
    if (error.code !== 'EPIPE') throw error;
    then();
  };
