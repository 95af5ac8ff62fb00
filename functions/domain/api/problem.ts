/**
 * The kinds of refusal that a caller can meet: status, title, and the rest of the problem document's `type`
 * (RFC 9457, https://www.rfc-editor.org/rfc/rfc9457).
 */
export const problemKinds = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'not-authentic': { status: 401, title: 'The delivery is not GitHub’s' },
  'not-admitted': { status: 403, title: 'The request is not admitted' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'The method is not allowed here' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON' },
  'limit-reached': { status: 429, title: 'A limit is reached' },
  unexpected: { status: 500, title: 'Something went wrong here' },
  'admission-closed': { status: 503, title: 'No runners are given out at present' },
  'credential-unusable': { status: 503, title: 'The GitHub credential of this deployment cannot be used' },
  'dependency-unavailable': { status: 503, title: 'A service that this one needs does not answer' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

/** The stable name of a kind of refusal, as a problem document has it. */
export const problemType = (kind: ProblemKind): string => `urn:problem-type:stint:${kind}`;

export type ProblemKind = keyof typeof problemKinds;

/** One mistake in a request: the field, and what would be right. */
export interface Mistake {
  readonly field: string;
  readonly detail: string;
}

export interface ProblemMembers {
  /** Every mistake of the request. */
  readonly errors?: readonly Mistake[];
  /** The rule of admission by which the request was refused. */
  readonly rule?: string;
  /** When the same request is worth another try. */
  readonly retryAfterSeconds?: number;
  /** The methods that the path has. */
  readonly allow?: readonly string[];
  /** What the request achieved all the same. */
  readonly runners?: readonly object[];
  /** Whose request it was, for the log; the caller knows. */
  readonly label?: string;
}

/** A request is refused: everything that the caller is told, as a problem document. The message is its `detail`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly kind: ProblemKind;
  readonly members: ProblemMembers;

  constructor(kind: ProblemKind, detail: string, members: ProblemMembers & ErrorOptions = {}) {
    const { cause, ...told } = members;
    super(detail, cause === undefined ? {} : { cause });
    this.kind = kind;
    this.members = told;
  }

  get status(): number {
    return problemKinds[this.kind].status;
  }

  /** The problem document. A type is stable; a title and a detail are for people, and may be worded anew. */
  get document(): Readonly<Record<string, unknown>> {
    const { errors, rule, runners } = this.members;
    return {
      type: problemType(this.kind),
      title: problemKinds[this.kind].title,
      status: this.status,
      detail: this.message,
      ...(rule === undefined ? {} : { rule }),
      ...(errors === undefined ? {} : { errors }),
      ...(runners === undefined ? {} : { runners }),
    };
  }
}

/** More mistakes than these help nobody, and would let a caller choose the length of the answer. */
const maximumMistakes = 20;

/** All mistakes of a request at once; the detail says them too, for whoever reads only that. */
export const invalidRequest = (mistakes: readonly Mistake[]): Problem => {
  const errors = mistakes.slice(0, maximumMistakes);
  const others = mistakes.length - errors.length;
  const sentences = errors.map(({ field, detail }) => `${field} ${detail}.`);
  const rest = others > 0 ? [`There are ${others} more mistakes.`] : [];
  return new Problem('invalid-request', [...sentences, ...rest].join(' '), { errors });
};
