import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pinProcess } from './cores.ts';

/** Tells how fast the server's core is at this moment: on a shared host that changes within seconds. */
export interface Probe {
  /** The time that a fixed amount of work takes, in milliseconds. */
  measure(): Promise<number>;
  close(): Promise<void>;
}

/** Starts the probe on a core, or anywhere. */
export async function startProbe(core: number | undefined): Promise<Probe> {
  const child = fork(fileURLToPath(new URL('probe-process.ts', import.meta.url)));
  await once(child, 'message');
  if (core !== undefined && child.pid !== undefined) pinProcess(child.pid, core);
  return {
    async measure() {
      child.send('measure');
      const [time]: unknown[] = await once(child, 'message');
      return Number(time);
    },
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}
