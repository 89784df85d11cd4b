import { expect, test } from 'vitest';
import { superLinear } from '../support/linear-expressions.ts';

/** Each reads the same spaces, slashes or letters again and again. */
const BACKTRACKING = [
  /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/i,
  /\/+$/,
  /\[.*$/,
  /^(?:[a-z]+)+$/,
  /^\/\/([^/?]*)(.*)$/,
  /(?<=^\p{N}+)(?=\P{N})/u,
];
/** The same, written so that each character is read a fixed number of times. */
const LINEAR = [
  /^charset=([^"\s]*)$/i,
  /(?<!\/)\/+$/,
  /\[[^[]*$/,
  /^[a-z]+$/,
  /^\/\/([^/?]*)((?:[/?].*)?)$/,
  /(?=\P{N})(?<=^\p{N}+)/u,
];

test('the linter refuses regular expressions that backtrack and accepts linear ones', async () => {
  expect(await superLinear([...BACKTRACKING, ...LINEAR])).toEqual(BACKTRACKING);
});
