import type { TemplateValue } from '../../infra/cloud-assembly.ts';
import { simulateRequest } from '../../local/aws/iam/iam-simulation.ts';
import type { Stack } from '../../local/template/stack.ts';
import type { Allowed } from './permissions-record.ts';

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly [rest: string]: unknown;
}

/** One action on one resource that a statement of a role's grants, with the statement's condition. */
export interface GrantedPair {
  readonly roleArn: string;
  readonly action: string;
  readonly resource: string;
  /** The statement as if it granted nothing else. */
  readonly statement: TemplateValue;
}

const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value;

const pairsOf = (roleArn: string, statement: Statement): readonly GrantedPair[] =>
  listOf(statement.Action).flatMap((action) =>
    listOf(statement.Resource).map((resource) => ({
      roleArn,
      action,
      resource,
      statement: { ...statement, Action: action, Resource: resource } as TemplateValue,
    })),
  );

/** All that the roles of a stack are granted, as finely as it can be taken apart. */
export const grantedPairs = ({ roles }: Stack): readonly GrantedPair[] =>
  roles.flatMap(({ arn, policies }) =>
    policies.flatMap(({ Statement }) =>
      (Statement as unknown as readonly Statement[]).flatMap((statement) => pairsOf(arn, statement)),
    ),
  );

/** Whether one of the requests that were allowed would be allowed by this alone. */
export const isNeeded = async (
  { place, resourcePolicies }: Stack,
  { roleArn, action, statement }: GrantedPair,
  allowed: readonly Allowed[],
): Promise<boolean> => {
  const own = allowed.filter(({ principal, request }) => principal === roleArn && request.action === action);
  for (const { request } of own) {
    const ofResource = resourcePolicies[request.resource];
    const ofPrincipal = [{ Version: '2012-10-17', Statement: [statement] }];
    const policies = { ofPrincipal, ...(ofResource === undefined ? {} : { ofResource }) };
    if (await simulateRequest(place.accountId, roleArn, request, policies)) return true;
  }
  return false;
};

/** A pair for a reader: `sweep: ec2:DescribeInstances on *`. */
export const nameOf = ({ functions, roles }: Stack, { roleArn, action, resource }: GrantedPair): string => {
  const fn = functions.find((candidate) => candidate.roleArn === roleArn)?.stem;
  const role = roles.find(({ arn }) => arn === roleArn)?.name;
  return `${fn ?? role}: ${action} on ${resource}`;
};
