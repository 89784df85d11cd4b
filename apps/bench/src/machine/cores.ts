import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism, platform } from 'node:os';

/** Which core runs the server under test and which one the load. */
export interface Pinning {
  readonly server: number;
  readonly load: number;
}

/** Pinned cores, or the reason why there are none. */
export type FoundPinning =
  { readonly ok: true; readonly pinning: Pinning } | { readonly ok: false; readonly reason: string };

/** Decides whether this machine can pin, and says what is missing if it cannot. */
export function findPinning(wanted: Pinning): FoundPinning {
  if (platform() !== 'linux') return { ok: false, reason: `${platform()} has no taskset` };
  const cores = availableParallelism();
  if (cores < 2) return { ok: false, reason: 'there is only one core' };
  if (wanted.server === wanted.load) {
    return { ok: false, reason: 'the server and the load have the same core' };
  }
  try {
    for (const core of [wanted.server, wanted.load]) {
      execFileSync('taskset', ['-c', String(core), 'true'], QUIET);
    }
  } catch {
    return {
      ok: false,
      reason: `taskset is missing, or there is no core ${wanted.server} or ${wanted.load}`,
    };
  }
  return { ok: true, pinning: wanted };
}

/** Moves every thread of a process to one core. Repeated, because a thread may end while taskset lists them. */
export function pinProcess(pid: number, core: number): void {
  for (let attempt = 1; ; attempt += 1) {
    try {
      execFileSync('taskset', ['-a', '-p', '-c', String(core), String(pid)], QUIET);
      return;
    } catch (error) {
      if (attempt === 10) throw error;
    }
  }
}

/** The command that runs another one on one core. */
export const onCore = (core: number | undefined, command: readonly string[]): readonly string[] =>
  core === undefined ? command : ['taskset', '-c', String(core), ...command];

/** How long a core has worked since the machine started, for any process, in milliseconds. */
export function coreBusyMs(core: number): number {
  const line =
    new RegExp(String.raw`^cpu${core} (.*)$`, 'm').exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '';
  const [user = 0, nice = 0, system = 0] = line.trim().split(/\s+/).map(Number);
  return (user + nice + system) * 10;
}

const QUIET = { stdio: 'ignore' } as const;
