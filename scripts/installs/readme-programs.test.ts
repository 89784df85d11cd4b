import { expect, test } from 'vitest';
import { installLines, programsIn } from './readme-programs.ts';

const PAGE = `
\`\`\`sh
npm install @vestibule/express express
npm install --save-dev @types/express   # in TypeScript
npx vestibule --help
\`\`\`

\`\`\`ts
console.log(1);
console.log('→');
// → 1
// → →
\`\`\`

\`\`\`js
never();
\`\`\`
`;

test('reads what a README tells to install', () => {
  expect(installLines(PAGE)).toEqual([
    { names: ['@vestibule/express', 'express'], isDevelopment: false },
    { names: ['@types/express'], isDevelopment: true },
  ]);
});

test('reads the programs of a README and the lines that they print', () => {
  expect(programsIn(PAGE)).toEqual([
    {
      index: 0,
      code: "console.log(1);\nconsole.log('→');\n// → 1\n// → →\n",
      prints: ['1', '→'],
    },
  ]);
});
