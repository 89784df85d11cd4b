import type { StoreCase } from '../../harness/case.ts';
import { leaseRaceCases } from './races.ts';
import { releaseCases } from './release.ts';
import { leaseSweepCases } from './sweep.ts';
import { takeCases } from './take.ts';

export const leaseCases: readonly StoreCase[] = [
  ...takeCases,
  ...releaseCases,
  ...leaseRaceCases,
  ...leaseSweepCases,
];
