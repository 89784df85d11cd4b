import { createServer } from 'node:http';
import { toNodeHandler } from 'better-auth/node';
import { createAuth } from './auth.ts';

const PORT = 3000;
const origin = `http://localhost:${PORT}`;
const auth = await createAuth(origin);
createServer(toNodeHandler(auth)).listen(PORT, 'localhost', () => {
  process.stdout.write(`Agents register at ${origin}/api/auth/oauth2/register\n`);
});
