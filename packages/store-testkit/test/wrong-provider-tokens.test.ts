import { expect, test } from 'vitest';
import { failuresOf, nounsOf } from './wrong/failures.ts';
import { type ProviderTokenFlaw, storesWithProviderTokens } from './wrong/provider-tokens.ts';

test.each<[flaw: ProviderTokenFlaw, ids: readonly string[]]>([
  ['overwrites', ['providerTokens.put.conflict']],
  ['reads, then writes', ['providerTokens.put.once-of-20']],
  ['forgets the realm', ['providerTokens.put.apart']],
  ['lists only unknown grants', ['providerTokens.listOrphaned.by-grant']],
  ['lists grants of other realms', ['providerTokens.listOrphaned.by-grant']],
  ['lists without a limit', ['providerTokens.listOrphaned.by-grant']],
  ['keeps what was removed', ['providerTokens.remove.again', 'providerTokens.put.apart']],
  ['removes every version', ['providerTokens.remove.replaced']],
])('a store for the tokens of a provider that %s is caught', async (flaw, ids) => {
  const failures = await failuresOf(() => storesWithProviderTokens(flaw));
  expect(failures).toEqual(expect.arrayContaining([...ids]));
  expect(nounsOf(failures)).toEqual(['providerTokens']);
});

test('the same store for the tokens of a provider without a flaw is right', async () => {
  expect(await failuresOf(() => storesWithProviderTokens())).toEqual([]);
});

test('stores without the tokens of a provider are right as well', async () => {
  const failures = await failuresOf(() => {
    const { providerTokens: _, ...others } = storesWithProviderTokens();
    return others;
  });
  expect(failures).toEqual([]);
});
