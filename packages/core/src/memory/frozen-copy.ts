/** A copy that is frozen in depth. */
export const frozenCopy = <Value>(value: Value): Value => frozen(structuredClone(value));

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
