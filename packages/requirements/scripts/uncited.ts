import { readCoverage } from '../src/citations/repository.ts';

/** Prints every requirement that no test cites: what is left to test. */

const { cited, uncited, problems } = readCoverage();
for (const line of [...problems, ...uncited]) console.log(line);
console.log(`${cited.length} requirements are cited, ${uncited.length} are not.`);
