/** The number of cached values: those of hundreds of realms. */
const MOST_VALUES = 1_000;

/**
 * A function that computes something from a value once, and returns it again for the same object and for every object with
 * the same JSON: realms are read anew for each request, so their settings are always new objects. The cache has a fixed size
 * and drops the least recently used value.
 *
 * Use it only for values from operators: values from clients would fill it.
 */
export function oncePerValue<Value extends object, Made extends object>(
  make: (value: Value) => Made,
): (value: Value) => Made {
  const byObject = new WeakMap<Value, Made>();
  const byText = new Map<string, Made>();
  return (value) => {
    const known = byObject.get(value);
    if (known !== undefined) return known;
    const text = JSON.stringify(value);
    const made = byText.get(text) ?? make(value);
    byText.delete(text);
    byText.set(text, made);
    byObject.set(value, made);
    const [oldest] = byText.keys();
    if (byText.size > MOST_VALUES && oldest !== undefined) byText.delete(oldest);
    return made;
  };
}
