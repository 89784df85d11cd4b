import { createAcme } from './acme.ts';

const port = 4000;
const acme = await createAcme(`http://127.0.0.1:${port}`);
acme.app.listen(port, '127.0.0.1');
process.stdout.write(
  `Give an agent this address: http://127.0.0.1:${port}/mcp\nSign in at Acme as Ada with the password "a horse of her own".\n`,
);
