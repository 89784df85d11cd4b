const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Makes the process stop gracefully at the first signal and immediately at the second.
 *
 * @param onStopping called at the first signal, for example to say that a second one stops immediately
 * @returns a function that sets what to do before the process exits
 */
export function stopOnSignal(onStopping = (): void => undefined): (stop: () => Promise<void>) => void {
  let stop = (): Promise<void> => Promise.resolve();
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    onStopping();
    void stop().then(() => process.exit(0));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return (next) => {
    stop = next;
  };
}
