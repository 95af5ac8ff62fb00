import { type Decision, denialText } from '../../local/aws/iam/denial.ts';

/**
 * Stands beside IAM and remembers what it refused: nothing that a function or a service does on its way may be
 * against the policies of the template.
 */
export const permissionsWitness = (next: (decision: Decision) => void = () => undefined) => {
  const denials = new Set<string>();
  return {
    onDecision: (decision: Decision): void => {
      if (!decision.isAllowed) denials.add(denialText(decision));
      next(decision);
    },
    /** Throws when something was refused. */
    requireNoDenial: (): void => {
      if (denials.size > 0) throw new Error(`The template's policies refused:\n${[...denials].join('\n')}`);
    },
  };
};
