import { start } from './start.ts';

const { resource } = await start(process.argv[2] === 'v1' ? 'v1' : 'v2', 4000, 4001);
process.stdout.write(
  `Give an agent this address: ${resource}\nSign in as ada with the password "a horse of her own".\n`,
);
