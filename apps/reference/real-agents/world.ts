import { documents } from '@vestibule/client-fixtures';
import type { AuditEvent } from '@vestibule/core/audit';
import { createCertificateAuthority } from '@vestibule/testing/certificates';
import { temporaryFolder } from '@vestibule/testing/folder';
import { type HttpsHost, respondWithJson, startHttpsHost } from '@vestibule/testing/https-host';
import { freePort } from '@vestibule/testing/port';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect, onTestFinished } from 'vitest';
import { OPEN_SEED } from '../test/support/app.ts';
import { startProcess } from '../test/support/process.ts';
import { writeSeed } from '../test/support/seed-file.ts';
import { ADDRESSES, HOST_OF_ISSUER } from './addresses.ts';

/** The reference app over HTTPS, and the hosts of the agents' documents. */
export interface World {
  readonly issuer: string;
  /** The MCP server. */
  readonly notes: string;
  /** The host of each document. */
  readonly hosts: ReadonlyMap<string, HttpsHost>;
  /** What the app has recorded. */
  events(): readonly AuditEvent[];
  /** The environment of an agent: a home folder of its own, trust in the private authority, and a browser. */
  readonly env: Readonly<Record<string, string>>;
  /** Resolves with the URL that an agent opened in the browser. */
  opened(): Promise<string>;
}

/** Access tokens of the app expire that soon, in seconds: agents refresh them during a test. */
const ACCESS_TOKEN = 10;

/**
 * Starts the app as an operator does: as a process of its own, with the environment variables that its README names. It trusts the
 * private authority by `NODE_EXTRA_CA_CERTS`, and resolves names by the file of the system.
 */
export async function startWorld(): Promise<World> {
  const authority = createCertificateAuthority();
  const folder = temporaryFolder();
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, authority.cert);
  trust(authority.cert);

  const hosts = new Map<string, HttpsHost>();
  for (const [host, address] of ADDRESSES) {
    const started = await startHttpsHost(
      authority.issue({ hosts: [host] }),
      (socket, request) => {
        const [, path = ''] = request.split(' ');
        const found = documents.find(({ document }) => document.client_id === `https://${host}${path}`);
        if (found === undefined) socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n');
        else respondWithJson(found.document)(socket, request);
      },
      { host: address, port: 443 },
    );
    hosts.set(host, started);
  }

  const port = await freePort();
  const edge = createServer(authority.issue({ hosts: [HOST_OF_ISSUER] }), (socket) => {
    const onward = connect(port, '127.0.0.1');
    socket.pipe(onward).pipe(socket);
    for (const end of [socket, onward]) end.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => edge.listen(443, '127.0.0.1', resolve));
  onTestFinished(() => void edge.close());

  const { realm } = OPEN_SEED;
  const settings = {
    ...realm.settings,
    metadataDocuments: { open: true },
    lifetimes: { accessToken: ACCESS_TOKEN },
  };
  const issuer = `https://${HOST_OF_ISSUER}`;
  const app = startProcess(['start'], {
    PORT: String(port),
    HOST: '127.0.0.1',
    ISSUER: issuer,
    DATABASE_URL: `sqlite:${join(folder, 'agents.db')}`,
    SEED: await writeSeed(JSON.stringify({ ...OPEN_SEED, realm: { ...realm, settings } })),
    NODE_EXTRA_CA_CERTS: ca,
  });
  await app.said('serves the realm');

  const browser = createBrowserCommand(folder);
  return {
    issuer,
    notes: `${issuer}/mcp`,
    hosts,
    events: () => app.output().split('\n').flatMap(eventIn),
    env: {
      HOME: folder,
      PATH: `${folder}:${process.env['PATH']}`,
      BROWSER: browser.command,
      NODE_EXTRA_CA_CERTS: ca,
      SSL_CERT_FILE: ca,
    },
    opened: browser.opened,
  };
}

/** Lets this process trust an authority besides those that it trusts already. */
function trust(cert: string): void {
  const before = getCACertificates();
  setDefaultCACertificates([...before, cert]);
  onTestFinished(() => setDefaultCACertificates(before));
}

/** A command in place of a browser, by the name that agents look for, which writes down what it is to open. */
function createBrowserCommand(folder: string): { command: string; opened: () => Promise<string> } {
  const command = join(folder, 'xdg-open');
  const list = join(folder, 'opened');
  writeFileSync(command, `#!/bin/sh\nprintf '%s\\n' "$1" >> '${list}'\n`);
  chmodSync(command, 0o755);
  return {
    command,
    async opened() {
      const read = (): string => (existsSync(list) ? readFileSync(list, 'utf8') : '');
      await expect.poll(read, { timeout: 60_000 }).toMatch(/\n$/);
      return read().trim();
    },
  };
}

/** The audit event in a line of the log. */
function eventIn(line: string): readonly AuditEvent[] {
  if (!line.startsWith('{')) return [];
  const entry: AuditEvent = JSON.parse(line);
  return 'type' in entry ? [entry] : [];
}
