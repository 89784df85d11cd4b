const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * From now on, ends the process calmly at the first signal, and at once at the second.
 *
 * @returns takes what has to be done before the process ends, as soon as there is something
 */
export function stopOnSignal(): (stop: () => Promise<void>) => void {
  let stop = (): Promise<void> => Promise.resolve();
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    console.log('Stopping. Ctrl-C again stops at once.');
    void stop().then(() => process.exit(0));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return (next) => {
    stop = next;
  };
}
