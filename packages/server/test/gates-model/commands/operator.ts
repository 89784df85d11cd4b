import type { GateId } from '../realm.ts';
import type { Command } from '../model.ts';

export const setGate = (gate: GateId, open: boolean): Command => ({
  check: () => true,
  run: (_, world) => world.moveTo({ ...world.gates(), [gate]: open }),
  toString: () => `${open ? 'open' : 'close'} ${gate}`,
});
