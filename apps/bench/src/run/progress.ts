import type { WriteStream } from 'node:tty';

/** Tells a person how far a run is. */
export interface Progress {
  /** What happens now: one line of a terminal that the next one replaces. Not printed elsewhere. */
  readonly now: (text: string) => void;
  /** A line that stays. */
  readonly line: (text: string) => void;
}

/** Progress on a stream, usually standard error. */
export function progressOn(
  stream: Pick<WriteStream, 'write'> & { readonly isTTY?: boolean; readonly columns?: number },
): Progress {
  const clear = stream.isTTY === true ? '\r\u001B[K' : '';
  return {
    now: (text) => {
      if (stream.isTTY === true) stream.write(clear + text.slice(0, (stream.columns ?? 80) - 1));
    },
    line: (text) => void stream.write(`${clear}${text}\n`),
  };
}

/** Prints nothing. */
export const SILENT: Progress = { now: () => undefined, line: () => undefined };
