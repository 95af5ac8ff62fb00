import { definitionText, type StateMachineName } from './definitions.ts';
import { type DrawnState, drawnStates, type Transition, transitions } from './transitions.ts';

const shapes: Readonly<Record<string, readonly [string, string]>> = {
  Choice: ['{', '}'],
  Wait: ['([', '])'],
  Succeed: ['((', '))'],
  Fail: ['((', '))'],
};

const node = ({ name, type }: DrawnState): string => {
  const [open, close] = shapes[type] ?? ['[', ']'];
  return `  ${name}${open}${name}${close}`;
};

const edge = ({ from, to, kind, answers }: Transition): string => {
  if (kind === 'caught') return `  ${from} -.-> ${to}`;
  return kind === 'choice' ? `  ${from} -->|${answers.join(', ')}| ${to}` : `  ${from} --> ${to}`;
};

/** A Mermaid flowchart of a state machine, drawn from its ASL: dotted arrows are caught errors. */
export const diagram = (name: StateMachineName): string => {
  const definition = definitionText(name);
  return ['flowchart TD', ...drawnStates(definition).map(node), ...transitions(definition).map(edge)].join(
    '\n',
  );
};

/** The README's text with the diagram of each state machine drawn anew between its markers. */
export const withDiagrams = (text: string): string =>
  text.replaceAll(
    /<!-- diagram: ([a-z-]+) -->[\s\S]*?<!-- end of diagram -->/g,
    (_, name: string) =>
      `<!-- diagram: ${name} -->\n\`\`\`mermaid\n${diagram(name as StateMachineName)}\n\`\`\`\n<!-- end of diagram -->`,
  );
