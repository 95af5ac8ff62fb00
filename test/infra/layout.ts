import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** A source file by its path from the project's folder. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

interface Node {
  readonly type?: string;
  readonly [key: string]: unknown;
}

const nodesOf = (value: unknown): readonly Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodesOf);
  if (typeof value !== 'object' || value === null) return [];
  const node = value as Node;
  return [node, ...Object.values(node).flatMap(nodesOf)];
};

const parsed = ({ path, text }: Source): readonly Node[] =>
  nodesOf(parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts' }));

const literalOf = (literal: unknown): readonly string[] =>
  typeof literal === 'object' && literal !== null && 'value' in literal && typeof literal.value === 'string'
    ? [literal.value]
    : [];

const importing = /^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType)$/;

const importedBy = ({ type, source }: Node): readonly string[] =>
  importing.test(type ?? '') ? literalOf(source) : [];

/** What a file imports, types included: a path from the project's folder, or a package's name. */
export const importsOf = (source: Source): readonly string[] =>
  parsed(source)
    .flatMap(importedBy)
    .map((target) => (target.startsWith('.') ? join(dirname(source.path), target) : target));

/** Whether a file reads the process's environment. */
export const readsEnvironment = (source: Source): boolean =>
  parsed(source).some(({ type, object, property }) => {
    const [of, name] = [object as Node | undefined, property as Node | undefined];
    return (
      type === 'MemberExpression' &&
      of?.['name'] === 'process' &&
      [name?.['name'], name?.['value']].includes('env')
    );
  });

/** Every TypeScript file in a folder of the project. */
export const sourcesIn = (folder: string): readonly Source[] => {
  const project = join(import.meta.dirname, '..', '..');
  return readdirSync(join(project, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(project, path), text: readFileSync(path, 'utf8') }));
};

const isPackage = (target: string): boolean => /^(@aws-sdk|@smithy|@octokit)\//.test(target);

/** What a file of each kind may import, besides Node's own modules; the first that fits counts. */
const allowed: readonly (readonly [RegExp, RegExp])[] = [
  [/^functions\/domain\//, /^functions\/domain\//],
  [/^functions\/adapters\//, /^(functions\/(domain|adapters)\/|@aws-sdk\/|@smithy\/|@octokit\/)/],
  [/^functions\/runtime\//, /^(functions\/(domain|adapters|runtime)\/|@middy\/|aws-lambda$)/],
  [/^functions\/[^/]+$/, /^(functions\/|aws-lambda$)/],
  [/^statemachine\//, /^statemachine\//],
  [/^infra\//, /^(?!(local|maintenance|scripts|test)\/)/],
];

const forbiddenImports = (source: Source): readonly string[] => {
  const [, right] = allowed.find(([from]) => from.test(source.path)) ?? [];
  if (right === undefined) return [];
  return importsOf(source)
    .filter((target) => !target.startsWith('node:') && !right.test(target))
    .map((target) => `${source.path} imports ${target}`);
};

const sdkOutside = (source: Source): readonly string[] =>
  /^(functions|statemachine)\//.test(source.path) && !source.path.startsWith('functions/adapters/')
    ? importsOf(source)
        .filter(isPackage)
        .map((target) => `${source.path} imports the SDK ${target}`)
    : [];

const environmentOutside = (source: Source): readonly string[] =>
  /^(functions|statemachine)\//.test(source.path) &&
  source.path !== 'functions/runtime/environment.ts' &&
  readsEnvironment(source)
    ? [`${source.path} reads process.env`]
    : [];

/** Everything in which the sources depart from the layout that DESIGN.md gives them. */
export const departures = (sources: readonly Source[]): readonly string[] =>
  sources.flatMap((source) => [
    ...forbiddenImports(source),
    ...sdkOutside(source),
    ...environmentOutside(source),
  ]);
