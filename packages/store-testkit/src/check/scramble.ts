/** Changes everything in a value that can be changed, at every depth. */
export function scramble(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    scramble(Reflect.get(value, key));
    Reflect.set(value, key, 'changed');
  }
  Reflect.set(value, Array.isArray(value) ? value.length : 'added', 'added');
}
