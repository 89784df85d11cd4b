#!/usr/bin/env node
// Plain JavaScript on purpose: it must be able to say so when Node is too old for everything else.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Vestibule needs Node 22.18 or newer; this is ${process.versions.node}.`);
  const command = process.argv.slice(2).join(' ') || 'start';
  console.error(`Run it with the Node that comes with the repository: npx -y pnpm@12 ${command}`);
  process.exit(1);
}
const { isBuilt } = await import('./is-built.mjs');
const entry = isBuilt() ? '../dist/app/main.js' : '../src/main.ts';
if (entry.endsWith('.ts')) {
  // Compiled code is kept from one start to the next. What is built starts as fast without.
  const { enableCompileCache } = await import('node:module');
  enableCompileCache();
}
const { main } = await import(entry);
await main(process.argv.slice(2));
