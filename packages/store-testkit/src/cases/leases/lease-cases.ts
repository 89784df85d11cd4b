import type { StoreCase } from '../../harness/case.ts';
import { leaseRaceCases } from './lease-races.ts';
import { releaseCases } from './release-leases.ts';
import { leaseSweepCases } from './sweep-leases.ts';
import { takeCases } from './take.ts';

export const leaseCases: readonly StoreCase[] = [
  ...takeCases,
  ...releaseCases,
  ...leaseRaceCases,
  ...leaseSweepCases,
];
