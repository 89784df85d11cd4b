import { start } from './start.ts';

const { url } = await start(4000, 'data/application.db');
process.stdout.write(`Clients register at ${url}/connect/register\n`);
