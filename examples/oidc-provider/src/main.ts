import { createServer } from 'node:http';
import { createProvider } from './provider.ts';

const PORT = 3000;
const issuer = `http://localhost:${PORT}`;
createServer(createProvider(issuer).callback()).listen(PORT, 'localhost', () => {
  process.stdout.write(`Agents register at ${issuer}/reg\n`);
});
