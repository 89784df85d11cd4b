import { expect, test } from 'vitest';
import { selfContained } from './self-contained.ts';

const filesOf = (html: string): unknown => [...selfContained(html, '/_/').files.values()];

test('moves inline scripts into files, and leaves data and scripts that are files', () => {
  const page = '<script>a()</script><script type="module">b()</script>';
  const { html, files } = selfContained(page, '/_/');
  expect([...files.values()]).toEqual(['a()', 'b()']);
  expect(html).toMatch(
    /^<script src="\/_\/\w+\.js"><\/script><script type="module" src="\/_\/\w+\.js"><\/script>$/,
  );
  for (const kept of ['<script src="/a.js"></script>', '<script type="application/json">{}</script>']) {
    expect(selfContained(kept, '/_/').html).toBe(kept);
  }
});

test('moves styles into files', () => {
  expect(filesOf('<style>a { color: red }</style>')).toEqual(['a { color: red }']);
});

test('replaces style attributes by classes', () => {
  const page = '<head></head><b style="--0:#fff">x</b><i class="k" style="--0:#fff" id="i">y</i>';
  const { html, files } = selfContained(page, '/_/');
  expect(html).not.toContain('style=');
  const [name] = /\bv-[\da-f]{8}\b/.exec(html) ?? [];
  expect(html).toContain(`<b class="${name}">x</b><i class="${name} k" id="i">y</i>`);
  expect([...files.values()]).toEqual([`.${name}{--0:#fff}`]);
  expect(html).toMatch(/<link rel="stylesheet" href="\/_\/\w+\.css"><\/head>/);
});

test('a text that looks like an attribute stays', () => {
  const page = '<code>style="a"</code>';
  expect(selfContained(page, '/_/').html).toBe(page);
});
