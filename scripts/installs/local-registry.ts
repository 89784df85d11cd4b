import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { basename } from 'node:path';
import type { PackedPackage } from './packed-packages.ts';

/** A registry that is running. */
export interface LocalRegistry {
  /** Its URL, without a trailing slash. */
  readonly url: string;
  readonly close: () => void;
}

/**
 * Serves packed packages to package managers as a registry of the scope `@vestibule`, so that an install line works as it
 * will for published packages. Packages of others come from the public registry.
 *
 * @param publicRegistry where requests for other packages are sent @default none: they get 404
 */
export async function startLocalRegistry(
  packages: readonly PackedPackage[],
  publicRegistry?: string,
): Promise<LocalRegistry> {
  let url = '';
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/').slice(1);
    const wanted = packages.find(({ packed }) => packed.name === path);
    const file = packages.find(({ tarball }) => `tarballs/${basename(tarball)}` === path);
    if (file !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      createReadStream(file.tarball).pipe(response);
    } else if (wanted === undefined && publicRegistry !== undefined) {
      response.writeHead(302, { location: new URL(request.url?.slice(1) ?? '', publicRegistry).href }).end();
    } else if (wanted === undefined) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"not found"}');
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(packumentOf(wanted, url));
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The registry has no port.');
  url = `http://127.0.0.1:${address.port}`;
  return { url, close: () => server.close() };
}

/** The document of a package in a registry, with one version. */
function packumentOf({ packed, tarball, integrity }: PackedPackage, url: string): string {
  const { name, version } = packed;
  // Package managers refuse versions of today, if they are told to wait for reports of malware.
  const published = '2020-01-01T00:00:00.000Z';
  return JSON.stringify({
    name,
    'dist-tags': { latest: version },
    time: { created: published, modified: published, [version]: published },
    versions: {
      [version]: { ...packed, dist: { tarball: `${url}/tarballs/${basename(tarball)}`, integrity } },
    },
  });
}
