import { startNginx } from './nginx.ts';
import { startCluster } from './start.ts';

const { DATABASE_URL: database = '', KEY_SECRET: keySecret = '' } = process.env;
const { resource } = await startCluster({ database, keySecret, port: 4000, nodes: [4001, 4002] }, startNginx);
process.stdout.write(
  `Give an agent this address: ${resource}\nSign in as ada with the password "a horse of her own".\n`,
);
