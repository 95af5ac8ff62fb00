import { listOf, type QueryParameters, textOf } from '../../wire/query-protocol.ts';
import { arnIn } from './arns.ts';
import type { KnownResources, RequestsOf, RequestsOfOperations } from './call-requests.ts';
import type { IamRequest } from './iam-request.ts';
import { launchRequests } from './launch-requests.ts';

const onEverything =
  (action: string): RequestsOf =>
  (_, { place }) => [{ action: `ec2:${action}`, resource: '*', context: { 'ec2:Region': place.region } }];

/**
 * An instance that EC2 does not know, or no longer, has no tags: where a policy asks for some, EC2 answers that the
 * caller is not authorized, and not that there is no such instance (https://github.com/aws/karpenter-provider-aws/issues/2100).
 */
const onInstance = (action: string, id: string, { place, tagsOfInstance }: KnownResources): IamRequest => ({
  action: `ec2:${action}`,
  resource: arnIn(place, 'ec2', `instance/${id}`),
  context: {
    'ec2:Region': place.region,
    'ec2:InstanceID': id,
    ...Object.fromEntries(
      Object.entries(tagsOfInstance(id)).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
    ),
  },
});

const instanceIds = ({ InstanceId }: QueryParameters): readonly string[] =>
  typeof InstanceId === 'string' ? [InstanceId] : listOf(InstanceId).flatMap((id) => textOf(id) ?? []);

const onInstances =
  (action: string): RequestsOf =>
  (parameters, known) =>
    instanceIds(parameters as QueryParameters).map((id) => onInstance(action, id, known));

/** Tags that are given afterwards have no `ec2:CreateAction`. */
const tagging: RequestsOf = (parameters, { place }) => {
  const { ResourceId, Tag } = parameters as QueryParameters;
  const tags = listOf(Tag).map((tag) => tag as { readonly Key?: string; readonly Value?: string });
  const tagged = Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [`aws:RequestTag/${Key}`, Value]));
  return listOf(ResourceId).map((id) => ({
    action: 'ec2:CreateTags',
    resource: arnIn(place, 'ec2', `instance/${textOf(id) ?? ''}`),
    context: { 'ec2:Region': place.region, ...tagged, 'aws:TagKeys': tags.map(({ Key = '' }) => Key) },
  }));
};

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html */
export const ec2Requests: RequestsOfOperations = {
  DescribeInstances: onEverything('DescribeInstances'),
  DescribeImages: onEverything('DescribeImages'),
  DescribeSpotPriceHistory: onEverything('DescribeSpotPriceHistory'),
  TerminateInstances: onInstances('TerminateInstances'),
  GetConsoleOutput: onInstances('GetConsoleOutput'),
  CreateTags: tagging,
  RunInstances: launchRequests,
};
