import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { platform } from 'node:os';

/** `/proc` counts CPU time in ticks; Linux has 100 of them in a second for every program that asks. */
const MS_PER_TICK = 10;

/** What a group of processes uses. */
export interface Usage {
  /** User and system time since each process began, in milliseconds. */
  readonly cpuMs: number;
  /** Resident memory, in bytes. */
  readonly memory: number;
}

/** Whether CPU time and memory of other processes can be read here. */
export const canReadProcesses = platform() === 'linux';

/** A process and everything it started, parents first. Without `/proc`, the process alone. */
export function processTree(root: number): readonly number[] {
  const children = childrenByParent();
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

/** The descendants of a process whose program has this name, for example `postgres`. */
export const descendantsNamed = (root: number, name: string): readonly number[] =>
  processTree(root).filter((pid) => read(`/proc/${pid}/comm`).trim() === name);

/** The CPU time and memory of these processes together; of those that have ended, nothing. */
export function usageOf(pids: readonly number[]): Usage {
  let cpuMs = 0;
  let memory = 0;
  for (const pid of pids) {
    const fields = statFields(pid);
    cpuMs += (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * MS_PER_TICK;
    memory += Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) * 1_024;
  }
  return { cpuMs, memory };
}

/** The open handles of these processes together, without connections of clients. 0 without `/proc`. */
export const handlesOf = (pids: readonly number[]): number =>
  pids.flatMap((pid) => linksIn(`/proc/${pid}/fd`)).filter((target) => !target.startsWith('socket:')).length;

/** Sends a signal to each process that still exists. */
export function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // The process has ended.
    }
  }
}

/** Where the links of a folder lead. Empty if the folder is gone; a link that is gone is left out. */
function linksIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).flatMap((name) => linkAt(`${folder}/${name}`));
  } catch {
    return [];
  }
}

function linkAt(path: string): readonly string[] {
  try {
    return [readlinkSync(path)];
  } catch {
    return [];
  }
}

function childrenByParent(): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>();
  if (!canReadProcesses) return children;
  for (const entry of readdirSync('/proc')) {
    const parent = /^\d+$/.test(entry) ? Number(statFields(Number(entry))[1]) : Number.NaN;
    if (Number.isNaN(parent)) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [Number(entry)]);
    else siblings.push(Number(entry));
  }
  return children;
}

/** The fields of `/proc/PID/stat` after the program's name, which may itself contain spaces and parentheses. */
const statFields = (pid: number): readonly string[] => {
  const text = read(`/proc/${pid}/stat`);
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
};

/** The text of a file, empty if it is gone: processes end while they are read. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
