import { openDatabase } from '@vestibule/database';
import { createRouter } from '@vestibule/express';
import express from 'express';
import { readConfiguration } from './configuration.ts';
import { realmAt } from './realm.ts';
import { createRegistration } from './registration.ts';

const { issuer, database: url, port, lookupToken, trustProxy } = readConfiguration(process.env);
const database = await openDatabase(url);
const { routes, sweep } = createRegistration(realmAt(issuer), database, lookupToken);
const { origin } = new URL(issuer);

const app = express().set('trust proxy', trustProxy).use(createRouter({ origin, routes }));
const server = app.listen(port, () =>
  console.log(`Clients register at http://localhost:${port}/connect/register`),
);
const sweeping = setInterval(() => sweep().catch(console.error), 60_000);

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    clearInterval(sweeping);
    server.close(() => database.close());
  });
}
