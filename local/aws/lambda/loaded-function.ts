import { readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import type { Bundle } from './bundle.ts';
import { copyOf, type FunctionLogLine } from './function-invoker.ts';

export type Handler = (payload: unknown, context: unknown) => Promise<unknown>;

type Write = (level: FunctionLogLine['level'], message: unknown) => void;

/** What cannot be said in JSON goes as text. */
const writable = (value: unknown): unknown => {
  try {
    return copyOf(value instanceof Error ? { error: value.name, reason: value.message } : value);
  } catch {
    return String(value);
  }
};

const entryOf = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
};

const ownConsole = (write: Write): Console => {
  const writer =
    (level: FunctionLogLine['level']) =>
    (first: unknown, ...rest: readonly unknown[]) =>
      write(level, writable(rest.length === 0 ? first : [first, ...rest]));
  const [debug, info, warn, error] = (['debug', 'info', 'warn', 'error'] as const).map(writer);
  return Object.assign(Object.create(console), { debug, info, log: info, warn, error }) as Console;
};

/** Lambda takes each line of standard output for an entry of the log, and one of JSON for what it says. */
const ownOutput = (write: Write) => {
  let rest = '';
  return (chunk: string | Uint8Array): boolean => {
    const lines = `${rest}${typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8')}`.split(
      '\n',
    );
    rest = lines.pop() ?? '';
    for (const line of lines) write('info', entryOf(line));
    return true;
  };
};

/** The process as a function sees it that has it for itself: its own environment and its own output. */
const ownProcess = (environment: Readonly<Record<string, string>>, write: Write): NodeJS.Process => {
  const stdout = Object.assign(Object.create(process.stdout), { write: ownOutput(write) });
  const own = new Map<string | symbol, unknown>([
    ['env', { ...environment }],
    ['stdout', stdout],
  ]);
  return new Proxy(process, {
    get: (target, key) => {
      if (own.has(key)) return own.get(key);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
};

/** Node's loader by its one method that takes a source as it is; what is imported dynamically stays its affair. */
type Compiled = Module & { _compile(source: string, path: string): void };

/** The names that a bundle finds in its scope, which Node's loader gives to every file but for the first two. */
const names = ['process', 'console', 'require', 'module', 'exports'];

const compile = (path: string): ((...given: readonly unknown[]) => void) => {
  const compiled = new Module(path) as Compiled;
  const source = readFileSync(path, 'utf8');
  compiled._compile(`module.exports = function (${names.join(', ')}) {${source}\n}`, path);
  return compiled.exports as (...given: readonly unknown[]) => void;
};

/**
 * Loads a function's bundle, which may share its thread with others, as if it were alone: with its own environment,
 * output and console. Throws when it has no such export.
 */
export const loadFunction = (
  { path, exportName }: Bundle,
  environment: Readonly<Record<string, string>>,
  write: Write,
): Handler => {
  const process = ownProcess(environment, write);
  const nodeRequire = createRequire(path);
  const require = Object.assign(
    (id: string): unknown => (/^(node:)?process$/.test(id) ? process : nodeRequire(id)),
    nodeRequire,
  );
  const module: { exports: Readonly<Record<string, unknown>> } = { exports: {} };
  compile(path)(process, ownConsole(write), require, module, module.exports);
  const handler = module.exports[exportName];
  if (typeof handler !== 'function') throw new Error(`${path} exports no ${exportName}`);
  return handler as Handler;
};
