import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How a command runs in a file system of its own. */
export interface SandboxOptions {
  readonly root: string;
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The account, as numbers. @default root */
  readonly user?: string;
  /** Folders of this computer that appear in the sandbox, and can be written to. */
  readonly binds?: Readonly<Record<string, string>>;
  /** Whether nothing else can be written to. @default false */
  readonly readOnly?: boolean;
}

/** The folders of this computer that stand for those of the base image. */
const BASE = ['usr', 'bin', 'sbin', 'lib', 'lib64', 'etc'];

/**
 * Mounts and enters the file system in a mount and a process namespace, so that the command is the first process, as in a container, without
 * capabilities unless it is root.
 */
const ENTER = `
mount --bind "$ROOT" "$ROOT"
for folder in ${BASE.join(' ')}; do
  if [ -e "/$folder" ]; then mount --bind "/$folder" "$ROOT/$folder"; mount -o remount,bind,ro "$ROOT/$folder"; fi
done
mount --rbind /dev "$ROOT/dev"
mount -t proc proc "$ROOT/proc"
mount -t tmpfs tmpfs "$ROOT/tmp"
mount --bind "$NODE" "$ROOT/node"
for pair in $BINDS; do mount --bind "\${pair%%=*}" "$ROOT\${pair#*=}"; done
if [ -n "$READ_ONLY" ]; then mount -o remount,bind,ro "$ROOT"; fi
cd "$ROOT"
if [ -n "$ACCOUNT" ]; then
  exec chroot . /bin/sh -ec 'cd "$0"; exec setpriv --reuid "\${ACCOUNT%%:*}" --regid "\${ACCOUNT#*:}" --clear-groups --no-new-privs --bounding-set=-all -- env --unset=ACCOUNT "$@"' "$FOLDER" "$@"
fi
exec chroot . /bin/sh -ec 'cd "$0"; exec "$@"' "$FOLDER" "$@"`;

function argumentsOf({ root, command, cwd, env, user = '', binds = {}, readOnly = false }: SandboxOptions) {
  for (const folder of [...BASE, 'dev', 'proc', 'tmp', 'node', cwd, ...Object.values(binds)]) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  return {
    args: ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-ec', ENTER, 'sh', ...command],
    env: {
      ...env,
      PATH: '/node:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      ROOT: root,
      NODE: dirname(process.execPath),
      BINDS: Object.entries(binds)
        .map((pair) => pair.join('='))
        .join(' '),
      READ_ONLY: readOnly ? 'yes' : '',
      ACCOUNT: user,
      FOLDER: cwd,
    },
  };
}

/** Runs a command to its end. */
export function runIn(options: SandboxOptions): { readonly code: number | null; readonly output: string } {
  const { args, env } = argumentsOf(options);
  const { status, stdout, stderr, error } = spawnSync('unshare', args, { env, encoding: 'utf8' });
  if (error) throw error;
  return { code: status, output: stdout + stderr };
}

/** Starts a command. */
export function startIn(options: SandboxOptions): ChildProcess {
  const { args, env } = argumentsOf(options);
  return spawn('unshare', args, { env });
}

/** The number of the first process in the sandbox, outside of it. */
export function firstProcess({ pid = 0 }: ChildProcess): number {
  const [child = ''] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
  return Number(child);
}
