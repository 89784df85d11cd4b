import { expect, test } from 'vitest';
import { parameterOf, schemesIn } from './www-authenticate.ts';

test.each([
  ['Bearer', ['bearer']],
  ['Bearer realm="a, Basic b", resource_metadata="https://x"', ['bearer']],
  ['Basic realm="x", Bearer error="invalid_token"', ['basic', 'bearer']],
  ['DPoP algs="ES256", Bearer', ['dpop', 'bearer']],
  ['', []],
])('reads the schemes of %j', (header, schemes) => {
  expect(schemesIn(header)).toEqual(schemes);
});

test.each([
  ['Bearer error="invalid_token"', 'error', 'invalid_token'],
  ['Bearer error=invalid_token, x=y', 'error', 'invalid_token'],
  ['Bearer realm="say \\"hi\\", error=no", error="yes"', 'error', 'yes'],
  ['Bearer Resource_Metadata="https://x"', 'resource_metadata', 'https://x'],
  ['Bearer error_description="x"', 'error', undefined],
])('reads a parameter of %j', (header, name, value) => {
  expect(parameterOf(header, name)).toBe(value);
});
