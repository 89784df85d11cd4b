import { expect, test } from 'vitest';
import { addressesIn } from './hosts-file.ts';

const FILE = `# 192.0.2.9 agent.example
127.0.0.1\tlocalhost
::1 localhost ip6-localhost # agent.example
192.0.2.1   Other.example agent.example\r
  192.0.2.2 agent.example#comment
192.0.2.3
agent.example`;

test.each([
  ['agent.example', ['192.0.2.1', '192.0.2.2']],
  ['other.example', ['192.0.2.1']],
  ['localhost', ['127.0.0.1', '::1']],
  ['unknown.example', []],
  ['192.0.2.3', []],
])('a hosts file has for %s the addresses %j', (host, addresses) => {
  expect(addressesIn(FILE, host)).toEqual(addresses);
});
