import type { Plugin } from 'rolldown';
import { exactRegex } from 'rolldown/filter';
import { bundledModules } from './bundled-modules.ts';

export interface ReplacedModule {
  /** The module's name, exactly as it is imported. */
  readonly specifier: string;
  /** The source of the ES module that takes its place. A static import that it does not answer fails the build. */
  readonly replacement: string;
  /** Who imports it. A bundle that holds one of these and not the replacement fails the build. */
  readonly importedBy: RegExp;
  /** What is meant to be gone. A bundle that holds one of these fails the build. */
  readonly gone: RegExp;
}

/**
 * Puts a module of ours in the place of a dependency's. A newer dependency could undo that in two ways, and nobody
 * would notice: it imports something else, or what should be gone comes another way. Both fail the build.
 */
export const replacedModule = ({ specifier, replacement, importedBy, gone }: ReplacedModule): Plugin => {
  const id = `\0replaced:${specifier}`;
  return {
    name: `replaced-module ${specifier}`,
    resolveId: {
      filter: { id: exactRegex(specifier) },
      handler: () => ({ id, moduleSideEffects: false }),
    },
    load: { filter: { id: exactRegex(id) }, handler: () => replacement },
    generateBundle(_options, bundle) {
      const modules = bundledModules(bundle);
      const importer = modules.find((module) => importedBy.test(module));
      const left = modules.find((module) => gone.test(module));
      if (importer !== undefined && !modules.includes(id))
        this.error(`${specifier} was not replaced, though ${importer} is in the bundle.`);
      if (left !== undefined) this.error(`${left} is in the bundle, though ${specifier} was replaced.`);
    },
  };
};
