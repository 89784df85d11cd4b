/** Stops everything that a run started when the process is told to end, for example by Ctrl-C. */
export function stopOnSignal(stop: () => Promise<void>): void {
  let isStopping = false;
  for (const [name, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(name, () => {
      // A second signal does not wait: the handler of `exit` kills what is left.
      if (isStopping) process.exit(code);
      isStopping = true;
      process.stderr.write('\nStopping the servers.\n');
      void stop().finally(() => process.exit(code));
    });
  }
}
