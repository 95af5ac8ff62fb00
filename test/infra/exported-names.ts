import { parseAst } from 'rolldown/parseAst';
import type { Source } from './layout.ts';

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const nodes = (value: unknown): readonly Node[] => (Array.isArray(value) ? (value as Node[]) : []);

/** The names that a pattern binds, as in `const { a, b: [c] }`. */
const boundBy = (pattern: Node): readonly string[] => {
  switch (pattern.type) {
    case 'Identifier':
      return [String(pattern['name'])];
    case 'ObjectPattern':
      return nodes(pattern['properties']).flatMap((property) =>
        boundBy((property['value'] ?? property['argument']) as Node),
      );
    case 'ArrayPattern':
      return nodes(pattern['elements']).flatMap((element) => (element === null ? [] : boundBy(element)));
    default:
      return boundBy((pattern['left'] ?? pattern['argument']) as Node);
  }
};

const declaredBy = (declaration: Node): readonly string[] =>
  declaration.type === 'VariableDeclaration'
    ? nodes(declaration['declarations']).flatMap(({ id }) => boundBy(id as Node))
    : boundBy(declaration['id'] as Node);

/** A name that is only handed on keeps the meaning that it has in its own file. */
const exportedAs = ({ source, specifiers }: Node): readonly string[] =>
  source === null ? nodes(specifiers).map(({ exported }) => String((exported as Node)['name'])) : [];

/** The names that a file exports and that are its own. */
export const exportedBy = ({ path, text }: Source): readonly string[] =>
  nodes(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }).body)
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap((node) =>
      node['declaration'] === null ? exportedAs(node) : declaredBy(node['declaration'] as Node),
    );

/** Each function's file has an entry and its assembly, as the layout wants it. */
const isOfEachFunction = (name: string, path: string): boolean =>
  ['handler', 'assemble'].includes(name) && /^functions\/[^/]+\.ts$/.test(path);

/** Every name that more than one file exports as its own, with the files. */
export const namesWithSeveralMeanings = (sources: readonly Source[]): readonly string[] => {
  const exported = sources.flatMap((source) =>
    exportedBy(source).map((name) => ({
      name,
      path: isOfEachFunction(name, source.path) ? 'functions' : source.path,
    })),
  );
  return [...Map.groupBy(exported, ({ name }) => name)]
    .map(([name, of]) => ({ name, paths: [...new Set(of.map(({ path }) => path))] }))
    .filter(({ paths }) => paths.length > 1)
    .map(({ name, paths }) => `${name}: ${paths.join(', ')}`);
};
