import { readFileSync } from 'node:fs';
import { type Plugin, rolldown } from 'rolldown';
import { bundledModules } from '../../../infra/bundling/bundled-modules.ts';
import { projectDirectory } from '../../../infra/bundling/function-stems.ts';

export interface Built {
  readonly code: string;
  /** The ids of the modules of which something is in the code. */
  readonly modules: readonly string[];
}

const entry = (source: string): Plugin => ({
  name: 'entry',
  resolveId: (id) => (id === 'entry' ? `${projectDirectory}/entry.js` : null),
  load: (id) => (id === `${projectDirectory}/entry.js` ? source : null),
});

/** Modules that stand for a dependency, by the name under which they are imported. */
export const standIns = (sources: Readonly<Record<string, string>>): Plugin => ({
  name: 'stand-ins',
  resolveId: (id) => (id in sources ? `/node_modules/${id}/index.js` : null),
  load: (id) => sources[id.replace('/node_modules/', '').replace('/index.js', '')] ?? null,
});

/** A newer version of a dependency: in the modules whose path holds `path`, one text in place of another. */
export const newerVersion = (path: string, was: string, is: string): Plugin => ({
  name: 'newer-version',
  transform: (code, id) => (id.includes(path) ? code.replaceAll(was, is) : null),
});

/** A newer version of a dependency, which has the module whose path ends with `from` at `to`. */
export const movedModule = (from: string, to: string): Plugin => ({
  name: 'moved-module',
  resolveId: async function (source, importer) {
    const resolved = await this.resolve(source, importer, { skipSelf: true });
    return resolved?.id.endsWith(from) === true ? resolved.id.replace(from, to) : null;
  },
  load: (id) => (id.endsWith(to) ? readFileSync(id.replace(to, from), 'utf8') : null),
});

/** Bundles a module's source as a function is bundled, with these plugins alone, and leaves it readable. */
export const build = async (source: string, ...plugins: readonly Plugin[]): Promise<Built> => {
  const bundle = await rolldown({
    input: 'entry',
    cwd: projectDirectory,
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    plugins: [entry(source), ...plugins],
  });
  try {
    const { output } = await bundle.generate({ format: 'cjs', codeSplitting: false });
    return { code: output[0].code, modules: bundledModules({ entry: output[0] }) };
  } finally {
    await bundle.close();
  }
};
