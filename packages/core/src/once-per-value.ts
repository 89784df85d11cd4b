/** How many values are kept: those of some hundreds of realms. */
const MOST_VALUES = 1_000;

/**
 * A function that makes something of a value once, and returns it again for the same object and for every object that is the
 * same as JSON: realms are read anew for each request, so that their settings are always other objects. What was made of
 * the values that were asked for last is kept, and the least recently used one is made again if it comes back.
 *
 * For what operators write alone: what clients send would fill it.
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
