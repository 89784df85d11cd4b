import { timeProbe, warmProbe } from './probe-work.ts';

/** A process of its own, so that it can run on the server's core: measures each time it is asked. */
warmProbe();
process.on('message', () => process.send?.(timeProbe()));
process.send?.(0);
