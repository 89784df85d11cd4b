import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
};

/** The built site. */
export const DIST = join(import.meta.dirname, '../dist');

/** The path for which the site was built. */
export function builtBase(): string {
  const [, base] = /href="([^"]*\/)favicon\.svg"/.exec(readFileSync(join(DIST, 'index.html'), 'utf8')) ?? [];
  if (base === undefined) throw new Error('Build the site first.');
  return base;
}

/** The built site at a server of files, with the simplest rules there are. */
export interface SiteServer {
  /** The URL of the site, with `/` at its end. */
  readonly url: string;
  readonly close: () => void;
}

/** Serves the built site as any server of files does, and its `404.html` for other paths. */
export async function serveSite(): Promise<SiteServer> {
  const base = builtBase();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const path = decodeURIComponent(pathname.slice(base.length));
    const file = path === '' ? 'index.html' : path;
    const found = pathname.startsWith(base) ? read(join(DIST, file)) : undefined;
    const type = found === undefined ? TYPES['.html'] : TYPES[extname(file)];
    response.writeHead(found === undefined ? 404 : 200, {
      'content-type': type ?? 'application/octet-stream',
    });
    response.end(found ?? read(join(DIST, '404.html')));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return { url: `http://127.0.0.1:${address.port}${base}`, close: () => server.close() };
}

function read(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
