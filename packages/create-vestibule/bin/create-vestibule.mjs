#!/usr/bin/env node
// Plain JavaScript on purpose: it must be able to say so when Node is too old for everything else.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `A project with Vestibule needs Node 22.18 or newer; this is ${process.versions.node}.\n`,
  );
  process.exit(2);
}
const { main } = await import('create-vestibule');
process.exitCode = await main(process.argv.slice(2));
