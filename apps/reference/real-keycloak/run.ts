/**
 * Gets Keycloak from Maven, and runs the tests of this folder with it as the provider. Needs Java 17 or newer, Maven and unzip. With
 * `KEYCLOAK_HOME`, the folder of a Keycloak that is there already, it downloads nothing.
 */
import { execFileSync, type ExecFileSyncOptions, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The version with which this was last seen to work. */
const VERSION = '26.7.3';
const NAME = 'keycloak-quarkus-dist';

const folder = mkdtempSync(join(tmpdir(), 'vestibule-keycloak-'));
try {
  const home = process.env['KEYCLOAK_HOME'] ?? download();
  const { status, error } = spawnSync('vitest', ['run', '--config', 'real-keycloak/vitest.config.ts'], {
    stdio: 'inherit',
    env: { ...process.env, KEYCLOAK_HOME: home },
  });
  if (error) throw error;
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function download(): string {
  const artifact = `-Dartifact=org.keycloak:${NAME}:${VERSION}:zip`;
  const options: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'] };
  execFileSync('mvn', ['-q', '-B', 'dependency:copy', artifact, `-DoutputDirectory=${folder}`], options);
  execFileSync('unzip', ['-q', join(folder, `${NAME}-${VERSION}.zip`), '-d', folder], options);
  return join(folder, `keycloak-${VERSION}`);
}
