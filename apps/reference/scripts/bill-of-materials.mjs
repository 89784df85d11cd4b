/**
 * The third-party packages of a bundle, as a bill of materials (CycloneDX 1.6) and as the texts of their licenses. Tools that look for
 * `node_modules` do not find what is bundled. Plain JavaScript, because it runs while packages are installed, on any Node.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { externalPackages, manifestIn } from './external-packages.mjs';

/**
 * @param inputs the paths of the bundled files
 * @returns the packages that they are from and the external ones, in the order of their names, each with its folder and manifest
 */
export function thirdPartyPackages(inputs) {
  const folders = new Set(externalPackages().map(({ folder }) => folder));
  for (const input of inputs) {
    // `module.exports` of a package can be in a folder with a package.json of its own, so the path decides.
    const folder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(resolve(input))?.[0];
    if (folder !== undefined) folders.add(folder);
  }
  return [...folders]
    .filter((folder) => existsSync(join(folder, 'package.json')))
    .map((folder) => ({ folder, manifest: manifestIn(folder) }))
    .toSorted((one, other) => (keyOf(one.manifest) < keyOf(other.manifest) ? -1 : 1));
}

const keyOf = ({ name, version }) => `${name}@${version}`;

/** @see https://github.com/package-url/purl-spec */
const purlOf = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/**
 * The same packages result in the same text: it has neither a time nor a random number.
 *
 * @param app the manifest of what is built
 */
export function billOfMaterials(app, packages) {
  const root = purlOf(app);
  const components = packages.map(({ manifest }) => ({
    type: 'library',
    'bom-ref': purlOf(manifest),
    name: manifest.name,
    version: manifest.version,
    ...(typeof manifest.license === 'string' && { licenses: [licenseOf(manifest.license)] }),
    purl: purlOf(manifest),
  }));
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': root,
        name: app.name,
        version: app.version,
        licenses: [licenseOf(app.license)],
        purl: root,
      },
    },
    components,
    dependencies: [{ ref: root, dependsOn: components.map((component) => component['bom-ref']) }],
  };
}

/** An identifier is one word; everything else is an expression. */
const licenseOf = (license) =>
  /^[\w.+-]+$/.test(license) ? { license: { id: license } } : { expression: license };

/** The license files of packages, as their licenses require for copies. */
export function licenseTexts(packages) {
  return packages
    .map(({ folder, manifest }) => {
      const file = readdirSync(folder).find((name) =>
        /^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i.test(name),
      );
      const text =
        file === undefined
          ? `License: ${manifest.license ?? 'not stated'}`
          : readFileSync(join(folder, file), 'utf8');
      return `${keyOf(manifest)}\n\n${text.trim()}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
