import { readFileSync } from 'node:fs';

export const stateMachineNames = ['provision-runner', 'destroy-runner'] as const;

export type StateMachineName = (typeof stateMachineNames)[number];

/** The bytes of a state machine: what is deployed, simulated, tested and drawn. */
export const definitionText = (name: StateMachineName): string =>
  readFileSync(new URL(`./${name}.asl.json`, import.meta.url), 'utf8');

const placeholder = /\$\{(\w+)FunctionArn\}/g;

/** The functions that a definition's Task states invoke, each once, by the name in its placeholder. */
export const functionNames = (definition: string): readonly string[] => [
  ...new Set(Array.from(definition.matchAll(placeholder), ([, name = '']) => name)),
];

/** The placeholder that stands for a function's ARN, without its braces: `RequestSpotInstanceFunctionArn`. */
export const placeholderName = (functionName: string): string => `${functionName}FunctionArn`;

/** The stem of a function's file: `RequestSpotInstance` is `request-spot-instance`. */
export const fileStem = (functionName: string): string =>
  functionName.replaceAll(/(?!^)([A-Z])/g, '-$1').toLowerCase();

/** A function's name by its file: `request-spot-instance` is `RequestSpotInstance`. */
export const functionName = (stem: string): string =>
  stem.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
