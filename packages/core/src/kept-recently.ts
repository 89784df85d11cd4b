/**
 * A function that computes something from a text and keeps the results of the texts that were asked for last: the rules of a
 * policy ask about the same names and URIs one after the other. Clients choose these texts, so the number of results is
 * bounded, by twice `most`, and a longer text than `longest` is computed each time.
 */
export function keptRecently<Made extends object>(
  { most, longest }: { readonly most: number; readonly longest: number },
  make: (text: string) => Made,
): (text: string) => Made {
  // Two generations: to drop a whole one is cheaper than to find the oldest entry.
  let young = new Map<string, Made>();
  let old = new Map<string, Made>();
  return (text) => {
    const known = young.get(text);
    if (known !== undefined) return known;
    const made = old.get(text) ?? make(text);
    if (text.length > longest) return made;
    if (young.size >= most) {
      old = young;
      young = new Map();
    }
    young.set(text, made);
    return made;
  };
}
