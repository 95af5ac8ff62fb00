import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The folder that holds package.json. */
export const projectDirectory = join(import.meta.dirname, '..', '..');

/** The folder that holds one file for each function. */
export const functionsDirectory = join(projectDirectory, 'functions');

/** Every function: the files directly in functions/, by name without the ending, sorted. */
export const functionStems = (): readonly string[] =>
  readdirSync(functionsDirectory, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => basename(entry.name, '.ts'))
    .sort();
