import { AwsFault } from '../../wire/aws-json.ts';
import { at, listOf, type QueryParameters, type QueryValue, textOf } from '../../wire/query-protocol.ts';

const fail = (code: string, message: string): never => {
  throw new AwsFault(code, message);
};

/** What RunInstances makes and can tag (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html). */
const taggable = ['instance', 'volume', 'network-interface', 'elastic-gpu'];

/** The limits of a tag: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions */
const requireTag = (key: string, value: string): void => {
  if (/^aws:/i.test(key))
    fail('InvalidParameterValue', `Tag keys starting with 'aws:' are reserved for internal use`);
  if (key === '' || key.length > 128)
    fail('InvalidParameterValue', `Tag key '${key}' must have between 1 and 128 characters`);
  if (value.length > 256)
    fail('InvalidParameterValue', `The value of tag '${key}' exceeds the maximum length of 256 characters`);
};

const tagsOf = (specification: QueryValue): Readonly<Record<string, string>> => {
  const tags = listOf(at(specification, 'Tag')).map(
    (tag) => [textOf(at(tag, 'Key')) ?? '', textOf(at(tag, 'Value')) ?? ''] as const,
  );
  for (const [key, value] of tags) requireTag(key, value);
  if (tags.length > 50) fail('TagLimitExceeded', 'A resource has at most 50 tags');
  if (new Set(tags.map(([key]) => key)).size < tags.length)
    fail('InvalidParameterValue', 'Duplicate tag keys are not allowed');
  return Object.fromEntries(tags);
};

/**
 * The tags that a launch gives to each type of resource. One for the spot request is only legal when there is
 * a spot request.
 */
export const launchTags = (
  parameters: QueryParameters,
  market: 'spot' | 'on-demand',
): Readonly<Record<string, Readonly<Record<string, string>>>> => {
  const known = market === 'spot' ? [...taggable, 'spot-instances-request'] : taggable;
  const specifications = listOf(parameters['TagSpecification']).map((specification) => {
    const type = textOf(at(specification, 'ResourceType')) ?? '';
    if (!known.includes(type))
      fail('InvalidParameterValue', `'${type}' is not a valid taggable resource type for this operation.`);
    return [type, tagsOf(specification)] as const;
  });
  return Object.fromEntries(specifications);
};
