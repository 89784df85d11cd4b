import { strict as assert } from 'node:assert';
import { storeCase, type StoreCase } from '../harness/case.ts';
import { type Call, perform } from '../race/call.ts';
import { HERE } from '../sample/place.ts';
import type { Shelf } from './shelf.ts';

/** Keys that clients may invent; they are looked up as they were sent. */
const STRANGE: Readonly<Record<string, string>> = {
  'empty text': '',
  NUL: '\u0000',
  'NUL in a key': 'one\u0000',
  'a lone high surrogate': '\ud800',
  'a lone low surrogate': 'one\udc00',
  'ten kilobytes': 'x'.repeat(10_240),
  'ten kilobytes of emoji': '🦊'.repeat(2_560),
  quotes: `' OR '1'='1`,
  SQL: `one'; DROP TABLE clients; --`,
  'a pattern': '%',
  'another pattern': '*',
  'a backslash': '\\',
  'a path': '../../main/one',
  'line breaks': 'one\r\nDEL one',
  'a member of every object': '__proto__',
  'another member of every object': 'constructor',
};

/**
 * Looking up unknown keys finds nothing, throws nothing and changes nothing.
 *
 * @param method the method that gets such keys
 * @param nothing the result that means "not found"
 */
export const strangeKeyCase = <T>(
  { noun, make, insert, find }: Shelf<T>,
  method: string,
  lookUp: (key: string) => Call,
  nothing?: unknown,
): StoreCase =>
  storeCase(
    `${noun}.${method}.strange-keys`,
    'keys that a stranger made up find nothing and fail at nothing',
    async (stores) => {
      await perform(stores, insert(make(HERE)));
      for (const [name, key] of Object.entries(STRANGE)) {
        const answer = await perform(stores, lookUp(key)).catch((error: unknown) => {
          throw new Error(`Looking up ${name} failed; it has to find nothing.`, { cause: error });
        });
        assert.deepStrictEqual({ key: name, answer }, { key: name, answer: nothing });
      }
      assert.deepStrictEqual(await find(stores, HERE), make(HERE));
    },
  );
