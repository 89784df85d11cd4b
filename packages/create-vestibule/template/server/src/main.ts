import { createVestibule } from '@vestibule/node';
import { readConfiguration } from './configuration.ts';
import { realmAt } from './realm.ts';

const { issuer, database, port, password } = readConfiguration(process.env);
const vestibule = await createVestibule({ database, realms: [realmAt(issuer, password)] });
await vestibule.listen({ port });
console.log(`The authorization server is ${issuer}.`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => vestibule.stop());
