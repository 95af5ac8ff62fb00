import { AwsFault } from '../../wire/aws-json.ts';
import { type QueryParameters, textOf } from '../../wire/query-protocol.ts';

const tokenOf = (from: number): string => Buffer.from(`from ${from}`).toString('base64');

const startOf = (token: string | undefined): number => {
  if (token === undefined) return 0;
  const [, from] = /^from (\d+)$/.exec(Buffer.from(token, 'base64').toString('utf8')) ?? [];
  if (from === undefined) throw new AwsFault('InvalidNextToken', 'The specified NextToken is not valid.');
  return Number(from);
};

/** Refuses a page size that the operation does not take. */
export const requirePageSize = (parameters: QueryParameters, least: number, most: number): void => {
  const size = textOf(parameters['MaxResults']);
  if (size !== undefined && (Number(size) < least || Number(size) > most))
    throw new AwsFault(
      'InvalidParameterValue',
      `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value between ${least} and ${most}.`,
    );
};

/**
 * A page of the items and the opaque token of the next, if there is one
 * (https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html#api-pagination).
 */
export const ec2Page = <T>(
  items: readonly T[],
  parameters: QueryParameters,
): { readonly items: readonly T[]; readonly nextToken?: string } => {
  const from = startOf(textOf(parameters['NextToken']));
  const to = from + Number(textOf(parameters['MaxResults']) ?? items.length);
  return { items: items.slice(from, to), ...(to < items.length ? { nextToken: tokenOf(to) } : {}) };
};
