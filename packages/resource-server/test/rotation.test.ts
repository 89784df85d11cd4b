import { cite } from '@vestibule/requirements';
import { expect, onTestFinished, test, vi } from 'vitest';
import { apiWith, newKey } from './issuer.ts';

test(
  cite('a new key is found by one more look, and tokens of strangers cause none', 'rfc9068:4:rotation'),
  async () => {
    // How long the keys were left alone is read from the clock of the machine.
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const { accessToken, admit, keys, asked } = await apiWith();
    const admitted = async (by = keys[0]) =>
      (await admit({ authorization: `Bearer ${await accessToken({}, by)}` })).ok;

    expect([await admitted(), asked.length]).toEqual([true, 1]);
    const next = await newKey();
    keys.unshift(next);
    vi.setSystemTime(Date.now() + 31_000);
    expect([await admitted(next), asked.length]).toEqual([true, 2]);
    expect([await admitted(keys[1]), asked.length]).toEqual([true, 2]);

    const stranger = await newKey();
    const many = await Promise.all(Array.from({ length: 50 }, () => admitted(stranger)));
    expect([many.includes(true), asked.length]).toEqual([false, 2]);
  },
);
