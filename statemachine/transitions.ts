interface State {
  readonly Type: string;
  readonly Comment?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly Readonly<Record<string, unknown>>[];
  readonly Catch?: readonly { readonly Next: string }[];
}

/** One state, as whoever draws it needs it. */
export interface DrawnState {
  readonly name: string;
  /** In the words of the Amazon States Language. */
  readonly type: string;
  readonly comment?: string;
}

/** One arrow from a state to another. */
export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly kind: 'next' | 'choice' | 'default' | 'caught';
  /** What a choice rule compares with, which are the words that an operator sees in the state. */
  readonly answers: readonly string[];
}

/** `$.provision.run` is `run`. */
const fieldOf = (path: unknown): string => String(path).split('.').at(-1) ?? '';

type Rule = Readonly<Record<string, unknown>>;

const isRule = (value: unknown): value is Rule => typeof value === 'object' && value !== null;

const answersOf = (rule: Rule): readonly string[] => {
  const { Or: alternatives, Not: not, IsPresent: isPresent, StringEquals: word } = rule;
  const field = fieldOf(rule['Variable']);
  if (Array.isArray(alternatives)) return alternatives.flatMap(answersOf);
  if (isRule(not)) return [`${'IsPresent' in not ? 'without' : 'of another'} ${fieldOf(not['Variable'])}`];
  if (isPresent === true) return [`with ${field}`];
  if ('TimestampLessThanPath' in rule) return [`${field} is over`];
  return typeof word === 'string' ? [word] : [];
};

const chosen = (from: string, { Choices = [], Default, Next }: State): readonly Transition[] => [
  ...Choices.map((rule) => ({
    from,
    to: String(rule['Next']),
    kind: 'choice' as const,
    answers: answersOf(rule),
  })),
  ...(Default === undefined ? [] : [{ from, to: Default, kind: 'default' as const, answers: [] }]),
  ...(Next === undefined ? [] : [{ from, to: Next, kind: 'next' as const, answers: [] }]),
];

/** Where caught errors lead, each place once; one that leads to the next state anyway is no arrow of its own. */
const caught = (from: string, { Catch = [], Next }: State): readonly Transition[] =>
  [...new Set(Catch.map((catcher) => catcher.Next))]
    .filter((to) => to !== Next)
    .map((to) => ({ from, to, kind: 'caught', answers: [] }));

const statesOf = (definition: string): readonly (readonly [string, State])[] =>
  Object.entries((JSON.parse(definition) as { readonly States: Readonly<Record<string, State>> }).States);

/** The states of a definition in its order. */
export const drawnStates = (definition: string): readonly DrawnState[] =>
  statesOf(definition).map(([name, { Type, Comment }]) => ({
    name,
    type: Type,
    ...(Comment === undefined ? {} : { comment: Comment }),
  }));

/** Every arrow of a definition: what states decide first, then what they catch. */
export const transitions = (definition: string): readonly Transition[] => [
  ...statesOf(definition).flatMap(([name, state]) => chosen(name, state)),
  ...statesOf(definition).flatMap(([name, state]) => caught(name, state)),
];
