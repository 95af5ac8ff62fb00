import { parseLifeName } from './life.ts';

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const asLife = (value: unknown): string | undefined =>
  typeof value === 'string' && parseLifeName(value) !== undefined ? value : undefined;

/** The life that a function's input is about: a state machine's data has it, and an event of a provision's end. */
export const lifeOfInput = (input: unknown): string | undefined =>
  asLife(field(input, 'life')) ?? asLife(field(field(input, 'detail'), 'name'));
