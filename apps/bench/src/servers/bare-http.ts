import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { bareMetadata } from './bare-metadata.ts';

/** `node:http` alone: metadata, and an echo of the registration; with `STORE=sqlite` after one durable insert. */
const port = Number(process.env['PORT']);
const metadata = bareMetadata(`http://127.0.0.1:${port}`);
const store =
  process.env['STORE'] === 'sqlite'
    ? await openTable(join(process.env['FOLDER'] ?? '.', 'bare.db'))
    : undefined;

createServer((request, response) => {
  if (request.method === 'GET') {
    send(response, 200, metadata);
    return;
  }
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => void parts.push(part));
  request.on('end', () => {
    const body: unknown = JSON.parse(Buffer.concat(parts).toString());
    const id = store === undefined ? 'bare' : randomBytes(16).toString('base64url');
    const document = JSON.stringify({ client_id: id, ...(typeof body === 'object' && body) });
    store?.(id, document);
    send(response, 201, document);
  });
}).listen(port, '127.0.0.1');

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

async function openTable(path: string): Promise<(id: string, document: string) => void> {
  const { default: Database } = await import('better-sqlite3');
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.exec('CREATE TABLE IF NOT EXISTS clients (id TEXT PRIMARY KEY, document TEXT) WITHOUT ROWID');
  const insert = database.prepare('INSERT INTO clients VALUES (?, ?)');
  return (id, document) => void insert.run(id, document);
}
