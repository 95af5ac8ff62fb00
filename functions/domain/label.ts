/**
 * The longest label for which every name that Stint makes of it still fits: the registered runner name
 * `<label>_<architecture>-<n>-<round>-<deployment>` has at most 64 characters at GitHub
 * (`https://docs.github.com/rest/actions/self-hosted-runners`), the schedule's name at most 64
 * (`https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html`).
 */
export const maximumLabelLength = 42;

/** What a label may have after its prefix: a class of a regular expression. */
export const labelCharacters = '[A-Za-z0-9_-]';

/** Why `value` is no label under `prefix`, as a sentence that says what to change, or `undefined` when it is one. */
export const labelProblem = (value: unknown, prefix: string): string | undefined => {
  if (typeof value !== 'string') return 'must be a string';
  if (!value.startsWith(prefix)) return `must start with "${prefix}"`;
  if (value.length === prefix.length) return `must have at least one character after "${prefix}"`;
  if (value.length > maximumLabelLength) return `must have at most ${maximumLabelLength} characters`;
  if (!new RegExp(`^${labelCharacters}+$`).test(value.slice(prefix.length)))
    return `must have only letters, digits, "_" and "-" after "${prefix}"`;
  return undefined;
};
