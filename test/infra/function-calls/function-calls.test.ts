import { describe, expect, test } from '@jest/globals';
import { images } from '../../../local/aws/ec2/catalogue.ts';
import { createAuthorizer } from '../../../local/aws/iam/authorizer.ts';
import type { KnownResources } from '../../../local/aws/iam/call-requests.ts';
import type { Stack } from '../../../local/template/stack.ts';
import { synthesizedStack, verifiedStack } from '../../synthesized-stack.ts';
import { type Call, ours, theirs } from './call.ts';
import { executionCases } from './execution-cases.ts';
import { instanceCases } from './instance-cases.ts';
import { launchCases } from './launch-cases.ts';
import { deployment } from './recorded-launch.ts';
import { scheduleCases } from './schedule-cases.ts';
import { secretCases } from './secret-cases.ts';
import { tableCases } from './table-cases.ts';

const tags: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  [ours]: { 'stint:deployment': deployment },
  [theirs]: { 'stint:deployment': 'deadbeef' },
};

const knownTo = ({ place, keyArns, subnets }: Stack): KnownResources => ({
  place,
  keyArns,
  tagsOfInstance: (id) => tags[id] ?? {},
  ownerOfImage: (id) => images.find((image) => image.id === id)?.owner,
  zoneOfSubnet: (id) => subnets.find(({ subnetId }) => subnetId === id)?.availabilityZone,
});

const open = synthesizedStack();
const verified = verifiedStack();
const launches = [...(await launchCases(open, 'spot')), ...(await launchCases(open, 'on-demand'))];

/** In verified admission whoever admits asks GitHub. */
const modes = [
  ['open', open, []],
  ['verified', verified, ['look-at-queue', 'receive-webhook', 'redeliver-webhook', 'request-runners']],
] as const;

describe.each(modes)('in %s admission', (mode, stack, alsoReading) => {
  const { denialOfCall } = createAuthorizer({ stack, known: knownTo(stack) });

  /** The files of the functions that may make a call. */
  const allowedTo = async (call: Call): Promise<readonly string[]> => {
    const denials = await Promise.all(
      stack.functions.map(({ name }) => denialOfCall({ ...call, caller: name })),
    );
    return stack.functions.filter((_, index) => denials[index] === undefined).map(({ stem }) => stem);
  };

  test.each([
    ...(mode === 'open' ? launches : []),
    ...instanceCases,
    ...secretCases(stack, alsoReading),
    ...executionCases,
    ...scheduleCases(stack),
    ...tableCases(stack),
  ])('nobody but who needs it may %s', async (_what, call, who = []) => {
    const there = stack.functions.map(({ stem }) => stem);
    expect((await allowedTo(call)).toSorted()).toEqual(who.filter((stem) => there.includes(stem)).toSorted());
  });
});

test('a launch may be the same in both modes', () => {
  const launching = ({ roles }: Stack) =>
    roles.filter(({ policies }) => JSON.stringify(policies).includes('ec2:RunInstances'));
  expect(launching(open)).toHaveLength(2);
  expect(launching(verified)).toEqual(launching(open));
});
