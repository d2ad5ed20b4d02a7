/** What the programs of a release and of the weekly run decide. */

/**
 * @param {string} changelog in Keep a Changelog's form
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
  if (section === undefined) throw new Error(`CHANGELOG.md has no notes on ${version}; add them`);
  const [heading = '', ...lines] = section.split('\n');
  if (!/ - \d{4}-\d\d-\d\d$/.test(heading)) throw new Error(`CHANGELOG.md has no date for ${version}; write it`);
  // Behind the last section stand the targets of the links.
  const notes = lines.filter((line) => !/^\[[^\]]+\]: /.test(line));
  return `${notes.join('\n').trim()}\n`;
}

/**
 * Of several compilers only the last moves: the others are there because they are old, and so are the types of
 * Node.js, whose newest the old compilers do not read.
 *
 * @param {Record<string, string>} dependencies
 * @returns {string[]} what to install to have the newest of each
 */
export function newest(dependencies) {
  const compilers = Object.keys(dependencies).filter((name) => name.startsWith('typescript-'));
  const last = compilers.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  return Object.entries(dependencies)
    .filter(([name, version]) => name === last || (name !== '@types/node' && !version.startsWith('npm:')))
    .map(([name]) => (name === last ? `${name}@npm:typescript@latest` : `${name}@latest`));
}
