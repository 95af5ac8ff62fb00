import type { Decision } from '../../local/aws/iam/denial.ts';
import type { IamRequest } from '../../local/aws/iam/iam-request.ts';

/** A request that the policies allowed, and who asked. */
export interface Allowed {
  readonly principal: string;
  readonly request: IamRequest;
}

/** Keeps every request that the policies allowed, each once. */
export const permissionsRecord = () => {
  const seen = new Map<string, Allowed>();
  return {
    onDecision: ({ principal: { id }, request, isAllowed }: Decision): void => {
      if (isAllowed) seen.set(JSON.stringify([id, request]), { principal: id, request });
    },
    all: (): readonly Allowed[] => [...seen.values()],
  };
};
