import { CEILINGS } from './ceilings.ts';
import { PEERS } from './peers.ts';
import type { Target } from './target.ts';
import { VESTIBULE, VESTIBULE_CLUSTER, VESTIBULE_DEFERRED, VESTIBULE_POSTGRES } from './vestibule.ts';

/** Every target that the measurement can start. */
export const TARGETS: readonly Target[] = [
  ...CEILINGS,
  VESTIBULE,
  ...PEERS,
  VESTIBULE_DEFERRED,
  VESTIBULE_POSTGRES,
  VESTIBULE_CLUSTER,
];

/** The target with this name. */
export const targetNamed = (name: string): Target | undefined => TARGETS.find((one) => one.name === name);

/** The targets that a plain run compares. */
export const COMPARED: readonly string[] = [...CEILINGS, VESTIBULE, VESTIBULE_DEFERRED, ...PEERS].map(
  ({ name }) => name,
);
