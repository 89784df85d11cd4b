import { expect, test } from 'vitest';
import { withoutRepeatedAnchors } from './repeated-anchors.ts';

test('leaves out an anchor whose id a heading has, and keeps others', () => {
  expect(withoutRepeatedAnchors('<p><a id="a"></a></p><h2 id="a">A</h2><a id="b"></a>')).toBe(
    '<p></p><h2 id="a">A</h2><a id="b"></a>',
  );
});
