import { createVestibule } from '@vestibule/node';
import { apiRoutes } from './api.ts';
import { readConfiguration } from './configuration.ts';
import { realmAt } from './realm.ts';

const { issuer, database, port, password } = readConfiguration(process.env);
const realm = realmAt(issuer, password);
const vestibule = await createVestibule({ database, realms: [realm], routesBeside: apiRoutes });
await vestibule.listen({ port });
console.log(`The authorization server is ${issuer}.`);
console.log(`Paste into an agent: ${realm.apis[0]?.resource}`);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => vestibule.stop());
