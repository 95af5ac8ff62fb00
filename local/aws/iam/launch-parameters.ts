import { at, listOf, type QueryParameters, textOf } from '../../wire/query-protocol.ts';
import type { KnownResources } from './call-requests.ts';
import { IamRequestUnknown, type RequestContext } from './iam-request.ts';

/** Parameters that name no other resource than those below. Whatever else a launch may ask for is not judged here. */
const understood: ReadonlySet<string> = new Set([
  'Action',
  'Version',
  'ClientToken',
  'DryRun',
  'MinCount',
  'MaxCount',
  'ImageId',
  'InstanceType',
  'UserData',
  'InstanceInitiatedShutdownBehavior',
  'InstanceMarketOptions',
  'IamInstanceProfile',
  'MetadataOptions',
  'NetworkInterface',
  'BlockDeviceMapping',
  'CpuOptions',
  'TagSpecification',
]);

/** Throws IamRequestUnknown for a parameter that may need more. */
export const requireUnderstood = (parameters: QueryParameters): void => {
  const other = Object.keys(parameters).find((name) => !understood.has(name));
  if (other !== undefined)
    throw new IamRequestUnknown(`What a launch with ${other} needs is not known here.`);
};

/** A key that the request does not have is absent, and not empty. */
export const present = (context: Readonly<Record<string, string | undefined>>): RequestContext =>
  Object.fromEntries(
    Object.entries(context).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

/** The tags that the launch gives to a type of resource. */
export const taggedAs = ({ TagSpecification }: QueryParameters, type: string): RequestContext => {
  const own = listOf(TagSpecification).filter((item) => textOf(at(item, 'ResourceType')) === type);
  const tags = own.flatMap((item) => listOf(at(item, 'Tag')));
  if (tags.length === 0) return {};
  const keys = tags.map((tag) => textOf(at(tag, 'Key')) ?? '');
  const values = tags.map((tag) => textOf(at(tag, 'Value')) ?? '');
  return {
    ...Object.fromEntries(keys.map((key, index) => [`aws:RequestTag/${key}`, values[index] ?? ''])),
    'aws:TagKeys': keys,
  };
};

/** The ARN of the instance profile that the launch asks for. */
export const profileArn = (
  { IamInstanceProfile }: QueryParameters,
  { accountId }: KnownResources['place'],
) => {
  const name = textOf(at(IamInstanceProfile, 'Name'));
  return (
    textOf(at(IamInstanceProfile, 'Arn')) ??
    (name === undefined ? undefined : `arn:aws:iam::${accountId}:instance-profile/${name}`)
  );
};
