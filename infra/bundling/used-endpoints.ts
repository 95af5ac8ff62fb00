import type { Plugin, PluginContext } from 'rolldown';
import { bundledModules } from './bundled-modules.ts';

type Program = ReturnType<PluginContext['parse']>;
type Declaration = Extract<Program['body'][number], { readonly type: 'VariableDeclaration' }>;
type Expression = Declaration['declarations'][number]['init'];

interface Entry {
  readonly name: string;
  readonly value: Expression;
  /** Name and value, as they are written. */
  readonly text: string;
}

const table = /\/@octokit\/plugin-rest-endpoint-methods\/dist-src\/generated\/endpoints\.js$/;

/** The entries of an object literal whose keys are plain; `undefined` when it is something else. */
const entriesOf = (value: Expression, code: string): readonly Entry[] | undefined => {
  if (value?.type !== 'ObjectExpression') return undefined;
  const entries = value.properties.flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' && !property.computed
      ? { name: property.key.name, value: property.value, text: code.slice(property.start, property.end) }
      : [],
  );
  return entries.length === value.properties.length ? entries : undefined;
};

/** The object literal of the module's only variable that has one: `{ scope: { method: ["GET /…"] } }`. */
const scopesOf = ({ body }: Program, code: string): readonly Entry[] | undefined => {
  const [variable, another] = body
    .flatMap((statement) => (statement.type === 'VariableDeclaration' ? statement.declarations : []))
    .filter(({ init }) => init?.type === 'ObjectExpression');
  return variable === undefined || another !== undefined ? undefined : entriesOf(variable.init, code);
};

/** The table with what the words name; `undefined` when it is not as it was. */
const tableOf = (
  scopes: readonly Entry[],
  words: ReadonlySet<string>,
  code: string,
): readonly string[] | undefined => {
  const used: string[] = [];
  for (const { name, value } of scopes) {
    const methods = entriesOf(value, code);
    if (methods === undefined) return undefined;
    const named = methods.filter((method) => words.has(name) && words.has(method.name));
    if (named.length > 0) used.push(`${name}: {${named.map(({ text }) => text).join(',')}}`);
  }
  return used;
};

/**
 * Leaves of Octokit's table of all endpoints those of which `sources` name both scope and method. Octokit makes its
 * methods from the table when it is loaded.
 */
export const usedEndpoints = (sources: readonly string[]): Plugin => {
  const words: ReadonlySet<string> = new Set(sources.flatMap((source) => source.match(/\w+/g) ?? []));
  let isTrimmed = false;
  return {
    name: 'used-endpoints',
    transform: {
      filter: { id: table },
      handler(code, id) {
        const scopes = scopesOf(this.parse(code), code);
        const used = scopes === undefined ? undefined : tableOf(scopes, words, code);
        if (used === undefined) return this.error(`${id} is not the table of endpoints that it was.`);
        if (used.length === 0) return this.error('No endpoint of GitHub is named in the sources.');
        isTrimmed = true;
        return { code: `export default {${used.join(',')}};`, map: { mappings: '' } };
      },
    },
    generateBundle(_options, bundle) {
      const methods = bundledModules(bundle).find((id) => id.includes('/plugin-rest-endpoint-methods/'));
      if (methods !== undefined && !isTrimmed)
        this.error(`${methods} has no table of endpoints where it was.`);
    },
  };
};
