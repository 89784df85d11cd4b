import { start } from './start.ts';

const { issuer, registrationEndpoint } = await start(4000, 4001, 'http://127.0.0.1:4002/notes');
process.stdout.write(`Clients register at ${registrationEndpoint}, and get their tokens at ${issuer}\n`);
