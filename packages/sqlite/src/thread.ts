import { Worker } from 'node:worker_threads';

/** What a thread needs in order to open a connection of its own. */
export interface ThreadOptions {
  readonly path: string;
  readonly busyTimeout: number;
}

/**
 * Starts a thread from the module of this name. It lets the process end, and so do its outputs.
 *
 * @param name of a file beside this one: a source file here, a bundle where the package is built
 */
export function startThread(name: string, options: ThreadOptions): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const file = new URL(`./${name}.${extension}`, import.meta.url);
  // Options of the process, such as `--input-type`, are about its own main module.
  const worker = new Worker(file, { workerData: options, execArgv: [] });
  worker.unref();
  return worker;
}
