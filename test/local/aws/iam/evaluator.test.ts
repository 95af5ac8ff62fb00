import { describe, expect, test } from '@jest/globals';
import { createEvaluator } from '../../../../local/aws/iam/evaluator.ts';
import { type IamRequest, IamRequestUnknown } from '../../../../local/aws/iam/iam-request.ts';
import type { StackRole } from '../../../../local/template/stack-roles.ts';

const place = { stackName: 'Stint', region: 'us-east-2', accountId: '000000000000' };
const roleArn = 'arn:aws:iam::000000000000:role/one';

const role = (...statements: readonly object[]): StackRole => ({
  name: 'one',
  arn: roleArn,
  trust: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'states.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': '000000000000' } },
      },
    ],
  },
  policies: [{ Version: '2012-10-17', Statement: statements as never }],
  managedPolicyArns: [],
});

const evaluatorWith = (...statements: readonly object[]) =>
  createEvaluator({ roles: [role(...statements)], resourcePolicies: {}, place });

const terminating = evaluatorWith({
  Effect: 'Allow',
  Action: 'ec2:TerminateInstances',
  Resource: 'arn:aws:ec2:us-east-2:000000000000:instance/*',
  Condition: { StringEquals: { 'aws:ResourceTag/stint:deployment': 'local000' } },
});

const terminate = (id: string, deployment?: string): IamRequest => ({
  action: 'ec2:TerminateInstances',
  resource: `arn:aws:ec2:us-east-2:000000000000:instance/${id}`,
  context: deployment === undefined ? {} : { 'aws:ResourceTag/stint:deployment': deployment },
});

describe('the evaluator', () => {
  test('gives the same verdict the first time, again, and for another resource of the same kind', async () => {
    const asked = ['i-1', 'i-1', 'i-2'].flatMap((id) => [
      terminating.allows(roleArn, terminate(id, 'local000')),
      terminating.allows(roleArn, terminate(id, 'deadbeef')),
      terminating.allows(roleArn, terminate(id)),
    ]);
    const ours = [true, false, false];
    expect(await Promise.all(asked)).toEqual([...ours, ...ours, ...ours]);
  });

  test('tells apart what a policy looks at, and nothing else', async () => {
    const { context, ...rest } = terminate('i-3', 'local000');
    const beside = { ...rest, context: { ...context, 'ec2:InstanceID': 'i-3' } };
    expect(await terminating.allows(roleArn, beside)).toBe(true);
    expect(await terminating.allows('arn:aws:iam::000000000000:role/other', beside)).toBe(false);
  });

  test.each<[string, IamRequest]>([
    ['an action', { action: 'ec2:TerminateEverything', resource: '*', context: {} }],
    ['a resource', { ...terminate('i-1'), resource: 'arn:aws:s3:::bucket' }],
    ['a condition key', { ...terminate('i-1'), context: { 'ec2:Deployment': 'local000' } }],
    ['a condition key of another resource', { ...terminate('i-1'), context: { 'ec2:Owner': 'amazon' } }],
  ])('rejects %s that IAM does not have', async (_, request) => {
    await expect(terminating.allows(roleArn, request)).rejects.toThrow(IamRequestUnknown);
  });

  test('knows a key of the encryption context, and rejects a second one', async () => {
    const resource = 'arn:aws:kms:us-east-2:000000000000:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const decrypt = (context: IamRequest['context']): IamRequest => ({
      action: 'kms:Decrypt',
      resource,
      context,
    });
    const Condition = { StringLike: { 'kms:EncryptionContext:runner': 'rr_*-local000' } };
    const { allows } = createEvaluator({
      roles: [role({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: resource, Condition })],
      resourcePolicies: {
        [resource]: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::000000000000:root' },
              Action: 'kms:*',
              Resource: '*',
            },
          ],
        },
      },
      place,
    });
    const verdicts = ['rr_a-local000', 'rr_a-deadbeef'].map((runner) =>
      allows(roleArn, decrypt({ 'kms:EncryptionContext:runner': runner })),
    );
    expect(await Promise.all([...verdicts, allows(roleArn, decrypt({}))])).toEqual([true, false, false]);
    const other = decrypt({ 'kms:EncryptionContext:life': 'rr_a-local000' });
    await expect(allows(roleArn, other)).rejects.toThrow(IamRequestUnknown);
  });

  test('lets a service assume a role that trusts it, on the role’s conditions', async () => {
    const assume = (context: IamRequest['context']): IamRequest => ({
      action: 'sts:AssumeRole',
      resource: roleArn,
      context,
    });
    const ours = assume({ 'aws:SourceAccount': '000000000000' });
    expect(await terminating.allows('states.amazonaws.com', ours)).toBe(true);
    expect(await terminating.allows('lambda.amazonaws.com', ours)).toBe(false);
    const theirs = assume({ 'aws:SourceAccount': '111111111111' });
    expect(await terminating.allows('states.amazonaws.com', theirs)).toBe(false);
  });
});
