import { createEvaluator } from '../../local/aws/iam/evaluator.ts';
import type { IamRequest as WholeRequest } from '../../local/aws/iam/iam-request.ts';
import type { Stack } from '../../local/template/stack.ts';

/** A request as IAM sees it: one action on one resource, and what else is known of it. */
export type IamRequest = Omit<WholeRequest, 'context'> & Partial<Pick<WholeRequest, 'context'>>;

/** Whether the policies let a function's role do this. Rejects when IAM knows no such request. */
export const allows = async (stack: Stack, stem: string, request: IamRequest): Promise<boolean> => {
  const fn = stack.functions.find((candidate) => candidate.stem === stem);
  if (fn === undefined) throw new Error(`There is no function ${stem}`);
  return createEvaluator(stack).allows(fn.roleArn, { context: {}, ...request });
};
