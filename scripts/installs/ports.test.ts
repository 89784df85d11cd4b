import { expect, test } from 'vitest';
import { listeningPort, withFreePorts } from './ports.ts';

test.each([
  ['await vestibule.listen({ port: 4000 });', 4000],
  ['app.listen(4001);', 4001],
])('reads the port of %s', (code, port) => {
  expect(listeningPort(code)).toBe(port);
});

test('replaces each port of a page by another one, everywhere', async () => {
  const page = await withFreePorts('http://localhost:4000 http://localhost:4001 :4000 14000');
  expect(page).toMatch(/^http:\/\/localhost:(\d+) http:\/\/localhost:(?!\1)\d+ :\1 14000$/);
});
