/** Logic of the release scripts and the weekly run. */

/**
 * @param {string} changelog in the Keep a Changelog format
 * @param {string} version
 * @param {string | undefined} tag
 * @returns {string} the version's notes
 */
export function releaseNotes(changelog, version, tag) {
  if (tag !== `v${version}`) {
    throw new Error(`the tag is ${String(tag)}, but package.json has version ${version}; tag it v${version}`);
  }
  const sections = changelog.split(/^## /m);
  const section = sections.find((text) => text.startsWith(`[${version}] - `));
  if (section === undefined) throw new Error(`CHANGELOG.md has no notes for ${version}; add them`);
  const [heading = '', ...lines] = section.split('\n');
  if (!/ - \d{4}-\d\d-\d\d$/.test(heading)) throw new Error(`CHANGELOG.md has no date for ${version}; add it`);
  // The link targets follow the last section.
  const notes = lines.filter((line) => !/^\[[^\]]+\]: /.test(line));
  return `${notes.join('\n').trim()}\n`;
}

/**
 * All compilers but the last are old on purpose, like the runtimes and Metro. `@types/node` stays too, because the old
 * compilers can't read its newest version.
 *
 * @param {Record<string, string>} dependencies
 * @returns {string[]} the packages to install to update every other dependency
 */
export function newest(dependencies) {
  const compilers = Object.keys(dependencies).filter((name) => name.startsWith('typescript-'));
  const last = compilers.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  return Object.entries(dependencies)
    .filter(
      ([name, version]) => name === last || !(['@types/node', 'metro'].includes(name) || version.startsWith('npm:')),
    )
    .map(([name]) => (name === last ? `${name}@npm:typescript@latest` : `${name}@latest`));
}
