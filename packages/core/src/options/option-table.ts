/** Kinds of options that can be left out end with a question mark. */
type OrLeftOut<Kind extends string> = `${Kind}?`;

/** What an option may be, by its type. `find()` is an object with that method; `url` is an absolute http(s) URL. */
type KindOf<Value> = Value extends (...parameters: never[]) => unknown
  ? 'function'
  : Value extends string
    ? 'string' | 'url'
    : Value extends number
      ? 'whole number' | 'seconds'
      : Value extends boolean
        ? 'boolean'
        : Value extends readonly unknown[]
          ? 'list'
          : Value extends object
            ? 'object' | `${MethodOf<Value>}()`
            : never;

type MethodOf<Value> = {
  [Name in keyof Value & string]-?: Value[Name] extends (...parameters: never[]) => unknown ? Name : never;
}[keyof Value & string];

/**
 * The options of a function, each with what it must be. An option without an entry, or one that is required here and optional in
 * its type, does not compile. An option that may have several types has all of them: `string | object`.
 */
export type OptionTable<Options> = {
  readonly [Name in keyof Options]-?: Options extends Record<Name, unknown>
    ? Kinds<Options[Name]>
    : OrLeftOut<Kinds<NonNullable<Options[Name]>>>;
};

type Kinds<Value> = KindOf<Value> | `${string} | ${string}`;
