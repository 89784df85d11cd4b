import { cite } from '@vestibule/requirements';
import { freePort } from '@vestibule/testing/port';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { examine } from '../src/index.ts';

const SERVERS = fileURLToPath(new URL('../foreign/servers.mjs', import.meta.url));

/** Starts a server of others in a process of its own, until the end of the test. Returns the URL to examine. */
async function start(name: string): Promise<string> {
  const child = spawn(process.execPath, [SERVERS, name, String(await freePort())], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void child.kill());
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return String(url);
}

const failuresAt = async (name: string): Promise<readonly string[]> => {
  const { findings } = await examine(await start(name), { register: true });
  return findings.filter(({ outcome }) => outcome === 'failed').map(({ check }) => check);
};

test(
  cite('oidc-provider, with its defaults, has the faults that the page lists', 'vestibule:doctor:foreign'),
  async () => {
    expect(await failuresAt('oidc-provider')).toEqual([
      'issuer.host',
      'issuer.old-grants',
      'registration.documents',
      'registration.cors',
      'agents.registration.accepted',
      'agents.registration.readable-by-page',
      'agents.redirects.accepts',
    ]);
  },
);

test(
  cite('the demo of the MCP SDK has the faults that the page lists', 'vestibule:doctor:foreign'),
  async () => {
    expect(await failuresAt('mcp-sdk')).toEqual([
      'transport.rebinding',
      'challenge.invalid-token',
      'challenge.cors',
      'issuer.iss',
      'registration.documents',
      'registration.error-json',
      'registration.invalid-redirect-uri',
      'token.invalid-client-status',
      'token.no-store',
      'authorize.error-page',
      'authorize.state',
      'agents.answer',
      'agents.redirects.refuses',
    ]);
  },
);
