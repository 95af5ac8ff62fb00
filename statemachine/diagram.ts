import { definitionText, type StateMachineName } from './definitions.ts';

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly Readonly<Record<string, unknown>>[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
}

const shapes: Readonly<Record<string, readonly [string, string]>> = {
  Choice: ['{', '}'],
  Wait: ['([', '])'],
  Succeed: ['((', '))'],
  Fail: ['((', '))'],
};

const node = (name: string, { Type }: State): string => {
  const [open, close] = shapes[Type] ?? ['[', ']'];
  return `  ${name}${open}${name}${close}`;
};

/** What a choice rule compares with, which is the word that an operator sees in the state. */
const answersOf = (rule: Readonly<Record<string, unknown>>): readonly string[] => {
  const alternatives = rule['Or'];
  if (Array.isArray(alternatives)) return alternatives.flatMap(answersOf);
  return typeof rule['StringEquals'] === 'string' ? [rule['StringEquals']] : [];
};

const edges = (name: string, state: State): readonly string[] => [
  ...(state.Choices ?? []).map(
    (rule) => `  ${name} -->|${answersOf(rule).join(', ')}| ${String(rule['Next'])}`,
  ),
  ...(state.Default === undefined ? [] : [`  ${name} --> ${state.Default}`]),
  ...(state.Next === undefined ? [] : [`  ${name} --> ${state.Next}`]),
];

const failures = (states: readonly (readonly [string, State])[]): readonly string[] => {
  const pairs = states.flatMap(([name, { Catch = [], Next }]) =>
    Catch.filter((catcher) => catcher.Next !== Next).map((catcher) => `  ${name} -.-> ${catcher.Next}`),
  );
  return [...new Set(pairs)];
};

/** A Mermaid flowchart of a state machine, drawn from its ASL: dotted arrows are caught errors. */
export const diagram = (name: StateMachineName): string => {
  const { States } = JSON.parse(definitionText(name)) as { States: Record<string, State> };
  const states = Object.entries(States);
  return [
    'flowchart TD',
    ...states.map(([stateName, state]) => node(stateName, state)),
    ...states.flatMap(([stateName, state]) => edges(stateName, state)),
    ...failures(states),
  ].join('\n');
};

/** The README's text with the diagram of each state machine drawn anew between its markers. */
export const withDiagrams = (text: string): string =>
  text.replaceAll(
    /<!-- diagram: ([a-z-]+) -->[\s\S]*?<!-- end of diagram -->/g,
    (_, name: string) =>
      `<!-- diagram: ${name} -->\n\`\`\`mermaid\n${diagram(name as StateMachineName)}\n\`\`\`\n<!-- end of diagram -->`,
  );
