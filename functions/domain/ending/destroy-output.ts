/** What a destroy that succeeded ends with, the part that is read again: CheckRun's answer. */
interface DestroyOutput {
  readonly run?: { readonly usedBy?: 'another run' };
}

/** Whether a destroy found that its runner was used up, and not by its own run. */
export const isTakenByAnother = (output: unknown): boolean =>
  typeof output === 'object' && output !== null && (output as DestroyOutput).run?.usedBy === 'another run';
