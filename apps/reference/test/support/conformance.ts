import { temporaryFolder } from '@vestibule/testing/folder';
import { freePort } from '@vestibule/testing/port';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Addresses } from './app.ts';
import { approve } from './oauth.ts';
import { startNode } from './process.ts';

const COMMAND = fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/dist/index.js'));

/** The result of the official suite for one requirement. */
const check = z.object({
  id: z.string(),
  status: z.enum(['SUCCESS', 'FAILURE', 'WARNING', 'SKIPPED', 'INFO']),
  errorMessage: z.string().optional(),
});
export type Check = z.infer<typeof check>;

/** The names of the official suite's scenarios for authorization servers. */
export async function scenarios(): Promise<readonly string[]> {
  const listing = startNode([COMMAND, 'list', '--authorization']);
  await listing.exit;
  return [...listing.output().matchAll(/^ +- (\S+)/gm)].map(([, name = '']) => name);
}

/**
 * Runs every scenario of the official suite against an authorization server. If it waits for a person with a browser, Ada
 * approves and her browser returns to it.
 *
 * @param introduce registers a client with this redirect URI, and returns its id
 * @returns the results by scenario
 */
export async function runConformance(
  app: Addresses,
  introduce: (redirectUri: string) => Promise<string>,
): Promise<ReadonlyMap<string, readonly Check[]>> {
  const port = await freePort();
  const folder = temporaryFolder();
  const options = {
    url: app.issuer,
    'client-id': await introduce(`http://127.0.0.1:${port}/callback`),
    resource: app.notes.href,
    port: String(port),
    'output-dir': folder,
  };
  const named = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const suite = startNode([COMMAND, 'authorization', ...named]);
  await suite.said('Waiting up to 5 minutes for the authorization callback');
  const address = /^https?:\S+response_type=code\S*$/m.exec(suite.output())?.[0] ?? '';
  await fetch(await approve(new URL(address)));
  await suite.exit;

  const found = new Map<string, readonly Check[]>();
  for (const result of await readdir(folder)) {
    const [, scenario] = /^authorization-server-(.+?)-\d{4}-/.exec(result) ?? [];
    const checks: unknown = JSON.parse(await readFile(join(folder, result, 'checks.json'), 'utf8'));
    found.set(scenario ?? result, z.array(check).parse(checks));
  }
  return found;
}
