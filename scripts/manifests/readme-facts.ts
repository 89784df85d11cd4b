import { PORTABLE, WITH_FILES } from '../runtimes/portable.ts';

/** An entry of `.size-limit.json`, the one place that says how large a package may be. */
export interface SizeLimit {
  readonly path: string;
  /** `85 kB` */
  readonly limit: string;
}

/** The line in the README of a package that says where it runs and how large it is, as far as it is there. */
export const FACTS = /^Runs on .* without its dependencies\.$/m;

/** What {@link FACTS} has to be for a package. */
export function readmeFacts(name: string, limits: readonly SizeLimit[]): string {
  const limit = limits.find(({ path }) => path === `packages/${name}/dist/*.js`)?.limit;
  if (limit === undefined) throw new Error(`.size-limit.json has no limit for ${name}.`);
  return `Runs on ${runtimesOf(name)}. At most ${limit}, compressed with Brotli, without its dependencies.`;
}

function runtimesOf(name: string): string {
  if (PORTABLE.includes(name)) return 'Node 20.19 and newer, Bun, Deno and Cloudflare Workers';
  if (WITH_FILES.includes(name)) return 'Node 20.19 and newer, Bun and Deno';
  return 'Node 22.18 and newer';
}
