import { pathToFileURL } from 'node:url';
import type { Plugin } from 'rolldown';
import { bundledModules } from './bundled-modules.ts';

type Methods = Readonly<Record<string, unknown>>;

const table = /\/@octokit\/plugin-rest-endpoint-methods\/dist-src\/generated\/endpoints\.js$/;

const isMethods = (value: unknown): value is Methods => typeof value === 'object' && value !== null;

/** `[route, …]`, as in `["GET /orgs/{org}/actions/runners"]`. */
const isEndpoint = (value: unknown): boolean =>
  Array.isArray(value) && typeof value[0] === 'string' && /^[A-Z]+ \//.test(value[0]);

const isTable = (value: unknown): value is Readonly<Record<string, Methods>> =>
  isMethods(value) &&
  Object.values(value).every((methods) => isMethods(methods) && Object.values(methods).every(isEndpoint));

const usedIn = (endpoints: Readonly<Record<string, Methods>>, words: ReadonlySet<string>) =>
  Object.fromEntries(
    Object.entries(endpoints).flatMap(([scope, methods]) => {
      const used = Object.entries(methods).filter(([method]) => words.has(scope) && words.has(method));
      return used.length === 0 ? [] : [[scope, Object.fromEntries(used)]];
    }),
  );

/**
 * Leaves of Octokit's table of all endpoints those of which `sources` name both scope and method. Octokit makes its
 * methods from the table when it is loaded.
 */
export const usedEndpoints = (sources: readonly string[]): Plugin => {
  const words: ReadonlySet<string> = new Set(sources.flatMap((source) => source.match(/\w+/g) ?? []));
  let isTrimmed = false;
  return {
    name: 'used-endpoints',
    load: {
      filter: { id: table },
      async handler(id) {
        const { default: endpoints }: Readonly<Record<string, unknown>> = await import(
          pathToFileURL(id).href
        );
        if (!isTable(endpoints)) return this.error(`${id} is not the table of endpoints that it was.`);
        const used = usedIn(endpoints, words);
        if (Object.keys(used).length === 0) this.error('No endpoint of GitHub is named in the sources.');
        isTrimmed = true;
        return `export default ${JSON.stringify(used)};`;
      },
    },
    generateBundle(_options, bundle) {
      const methods = bundledModules(bundle).find((id) => id.includes('/plugin-rest-endpoint-methods/'));
      if (methods !== undefined && !isTrimmed)
        this.error(`${methods} has no table of endpoints where it was.`);
    },
  };
};
