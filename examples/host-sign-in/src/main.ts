import { createAcme } from './acme.ts';

const port = 4000;
const acme = await createAcme(`http://127.0.0.1:${port}`);
acme.app.listen(port, '127.0.0.1');
