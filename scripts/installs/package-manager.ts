import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.ts';
import type { InstallLine } from './readme-programs.ts';

/** How a package manager is set up for the local registry, and called. */
interface PackageManager {
  /** Its files of settings, by name. */
  readonly files: (registry: string) => Readonly<Record<string, string>>;
  /** The command that adds packages. */
  readonly add: readonly string[];
  /** The option for development dependencies. */
  readonly development: string;
}

const npmrc = (registry: string, ...more: readonly string[]): Readonly<Record<string, string>> => ({
  '.npmrc': [`@vestibule:registry=${registry}/`, ...more, ''].join('\n'),
});

/** The package managers that the check tries. */
export const PACKAGE_MANAGERS = {
  npm: {
    files: (registry) => npmrc(registry),
    add: ['npm', 'install', '--no-audit', '--no-fund', '--loglevel=error'],
    development: '--save-dev',
  },
  // Strict: a package reaches only what its own `package.json` names, and a missing peer is an error.
  pnpm: {
    files: (registry) => ({
      ...npmrc(registry),
      'pnpm-workspace.yaml': 'hoist: false\nstrictPeerDependencies: true\nautoInstallPeers: false\n',
    }),
    add: ['pnpm', 'add', '--reporter=append-only', '--loglevel=warn'],
    development: '--save-dev',
  },
  yarn: {
    files: (registry) => ({
      '.yarnrc.yml': `npmScopes: { vestibule: { npmRegistryServer: '${registry}' } }
unsafeHttpWhitelist: ['127.0.0.1']
nodeLinker: node-modules
enableTelemetry: false
enableImmutableInstalls: false
`,
      'yarn.lock': '',
    }),
    add: ['npx', '-y', '--package=@yarnpkg/cli-dist@4', 'yarn', 'add'],
    development: '--dev',
  },
  'yarn-1': {
    files: (registry) => npmrc(registry),
    // The cache of a run of its own: yarn 1 refuses another tarball of a version that it has.
    add: ['npx', '-y', 'yarn@1', 'add', '--silent', '--no-progress', '--cache-folder', '../cache'],
    development: '--dev',
  },
} as const satisfies Record<string, PackageManager>;

/** The name of a package manager that the check tries. */
export type PackageManagerName = keyof typeof PACKAGE_MANAGERS;

/** Writes the settings of a package manager and a `package.json` into an empty folder, and installs what a README says. */
export async function install(
  name: PackageManagerName,
  folder: string,
  registry: string,
  lines: readonly InstallLine[],
): Promise<void> {
  const { files, add, development }: PackageManager = PACKAGE_MANAGERS[name];
  const manifest = { name: 'consumer', version: '1.0.0', private: true, type: 'module' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  for (const [file, text] of Object.entries(files(registry))) writeFileSync(join(folder, file), text);
  for (const { names, isDevelopment } of lines) {
    const options = isDevelopment ? [development] : [];
    await run(folder, [...add, ...options, ...names]);
  }
}
