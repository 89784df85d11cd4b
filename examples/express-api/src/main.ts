import { start } from './start.ts';

const { resource } = await start(4000, 4001);
process.stdout.write(
  `Give an agent this address: ${resource}\nSign in as ada with the password "a horse of her own".\n`,
);
